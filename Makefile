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

.PHONY: help build test golden superset gallery soak fuzz model check format man bench install install-packaging

help:
	@echo 'make build     release programs into bin/'
	@echo 'make test      what bin/test does: checks, build with warnings as errors, all tests'
	@echo 'make golden    recorded requests against the answers of a real Superset; CASES=DIR takes those of DIR/*.jsonl'
	@echo 'make superset  the charts of a real Superset, warmed up and photographed; SUPERSET=DIR is where it lies, or is installed'
	@echo 'make gallery   a page with the pictures of all sample charts beside those of a real Superset; GALLERY=DIR takes it'
	@echo 'make soak      the long proofs: hostile drops, producers, bursts, kills, errors, power cuts (as root; hours)'
	@echo 'make fuzz      libFuzzer over what reads jobs and spool.toml; FUZZ_SECONDS each, default 600; 100,000 chart queries'
	@echo 'make model     every turn that the programs can take, in larger bounds (half an hour, 8 GB)'
	@echo 'make check     layout, manuals and scripts, without building'
	@echo 'make format    lay out the sources'
	@echo 'make man       show the manual pages'
	@echo 'make bench     the benchmarks beside the floor and the peers, with a table at the end (as root; half an hour)'
	@echo 'make install   programs, manuals, units and the empty spool, below DESTDIR and PREFIX; SPOOL is where units expect it'

build:
	@sh -c '. bin/lib/prepare.sh; find_swift; install_packages; build_release'

test:
	@bin/test

golden:
	@CASES='$(CASES)' bin/lib/golden

superset:
	@SUPERSET='$(SUPERSET)' bin/lib/superset

gallery:
	@GALLERY='$(GALLERY)' bin/lib/gallery

# PROOFS='kills bursts' runs these alone; bin/lib/soak lists them and their numbers.
soak:
	@bin/lib/soak $(PROOFS)

fuzz:
	@bin/lib/fuzz

# MODEL=all adds to the bounds that bin/test searches.
model:
	MODEL=all $(SWIFT) test --filter ModelTests

check:
	$(SWIFT) format lint --strict --recursive Sources Tests fuzz Package.swift
	mandoc -Tlint -Wwarning man/*
	if command -v shellcheck >/dev/null; then sh -c '. bin/lib/prepare.sh; check_scripts'; fi

format:
	$(SWIFT) format --in-place --recursive Sources Tests fuzz Package.swift

man:
	@for page in man/*; do man -l $$page; done

bench: build
	@bench/all

install: build install-packaging
	install -d $(DESTDIR)$(LIBEXEC) $(DESTDIR)$(PREFIX)/bin
	for name in $$(sh -c '. bin/lib/prepare.sh; find_swift; built_programs'); do \
	  install -m 755 bin/$$name $(DESTDIR)$(LIBEXEC)/$$name; \
	done
	for name in spool spoold spool-cache spool-celery spool-cron spool-watch compute-thumbnails spool-reports; do \
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
	for unit in spoold spool-cache spool-celery spool-cron; do \
	  place systemd/$$unit.service $(PREFIX)/lib/systemd/system/$$unit.service; \
	done; \
	place tmpfiles.conf $(PREFIX)/lib/tmpfiles.d/superset-spool.conf; \
	place sysusers.conf $(PREFIX)/lib/sysusers.d/superset-spool.conf; \
	for name in spoold.conf spool-cache.conf users.conf; do \
	  place separate/$$name $(PREFIX)/share/superset-spool/separate/$$name; \
	done; \
	place browser/spoold.conf $(PREFIX)/share/superset-spool/browser/spoold.conf; \
	place logrotate $(SYSCONFDIR)/logrotate.d/superset-spool
