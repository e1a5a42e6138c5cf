# SPDX-License-Identifier: MIT
PREFIX ?= /usr/local
DESTDIR ?=
SYSCONFDIR ?= /etc
# Where the units, and what goes with them, expect the spool.
SPOOL ?= /var/spool/superset
# Tasks and daemons lie in one directory, so that spoold finds its tasks beside itself.
LIBEXEC = $(PREFIX)/lib/superset-spool/bin
SWIFT = PATH="$$PATH:/opt/swift/usr/bin" swift
RELEASE = -c release --static-swift-stdlib

.PHONY: help build test soak model check format man bench install install-packaging

help:
	@echo 'make build     release programs into bin/'
	@echo 'make test      what bin/test does: checks, build with warnings as errors, all tests'
	@echo 'make soak      the long proofs: 10,000 power cuts under load (as root; an hour)'
	@echo 'make model     every turn that the programs can take, in larger bounds (half an hour, 8 GB)'
	@echo 'make check     layout, manuals and scripts, without building'
	@echo 'make format    lay out the sources'
	@echo 'make man       show the manual pages'
	@echo 'make bench     the benchmarks, ours beside the floor'
	@echo 'make install   programs, manuals, units and the empty spool, below DESTDIR and PREFIX; SPOOL is where units expect it'

build:
	@sh -c '. bin/lib/prepare.sh; find_swift; install_packages; build_release'

test:
	@bin/test

# Each line is one proof; none is skipped silently.
soak:
	POWER_CUTS=$${POWER_CUTS:-10000} $(SWIFT) test --filter PowerCutLoadTests

# MODEL=all adds to the bounds that bin/test searches.
model:
	MODEL=all $(SWIFT) test --filter ModelTests

check:
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift
	mandoc -Tlint -Wwarning man/*
	if command -v shellcheck >/dev/null; then shellcheck -x bin/try bin/test bin/lib/prepare.sh .ci/run; fi

format:
	$(SWIFT) format --in-place --recursive Sources Tests Package.swift

man:
	@for page in man/*; do man -l $$page; done

bench: build
	@for bench in throughput latency idle; do bench/$$bench; done

install: build install-packaging
	install -d $(DESTDIR)$(LIBEXEC) $(DESTDIR)$(PREFIX)/bin
	for name in $$(sh -c '. bin/lib/prepare.sh; find_swift; built_programs'); do \
	  install -m 755 bin/$$name $(DESTDIR)$(LIBEXEC)/$$name; \
	done
	for name in spool spoold spool-cache spool-watch; do \
	  ln -sf $(LIBEXEC)/$$name $(DESTDIR)$(PREFIX)/bin/$$name; \
	done
	for page in man/*; do \
	  section=$${page##*.}; \
	  install -D -m 644 $$page $(DESTDIR)$(PREFIX)/share/man/man$$section/$${page##*/}; \
	done
	install -d $(DESTDIR)$(PREFIX)/share/superset-spool
	cp -R spool $(DESTDIR)$(PREFIX)/share/superset-spool/

# Units for systemd, log rotation, the directory and the user of the spool.
install-packaging:
	@set -e; place() { \
	  install -d "$$(dirname "$(DESTDIR)$$2")"; \
	  sed -e 's|@LIBEXEC@|$(LIBEXEC)|g' -e 's|@SPOOL@|$(SPOOL)|g' "packaging/$$1" > "$(DESTDIR)$$2"; \
	  chmod 644 "$(DESTDIR)$$2"; \
	}; \
	for unit in spoold spool-cache; do \
	  place systemd/$$unit.service $(PREFIX)/lib/systemd/system/$$unit.service; \
	done; \
	place tmpfiles.conf $(PREFIX)/lib/tmpfiles.d/superset-spool.conf; \
	place sysusers.conf $(PREFIX)/lib/sysusers.d/superset-spool.conf; \
	place logrotate $(SYSCONFDIR)/logrotate.d/superset-spool
