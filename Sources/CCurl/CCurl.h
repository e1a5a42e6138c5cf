// SPDX-License-Identifier: MIT
// libcurl's setters and getters take any type, which Swift cannot call: here is one for each type that we use.
#pragma once
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

typedef size_t (*spool_curl_receiver)(char *, size_t, size_t, void *);
typedef int (*spool_curl_progress)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
typedef int (*spool_curl_gate)(void *, char *, char *, int, int);
typedef int (*spool_curl_listener)(CURL *, curl_infotype, char *, size_t, void *);

// Newer versions write it with an L less.
static const CURLoption spool_curl_option_refusals = CURLOPT_MAIL_RCPT_ALLLOWFAILS;

static inline CURLcode spool_curl_set_number(CURL *curl, CURLoption option, long value) {
  return curl_easy_setopt(curl, option, value);
}

static inline CURLcode spool_curl_set_size(CURL *curl, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(curl, option, value);
}

static inline CURLcode spool_curl_set_pointer(CURL *curl, CURLoption option, const void *value) {
  return curl_easy_setopt(curl, option, value);
}

static inline CURLcode spool_curl_set_receiver(CURL *curl, CURLoption option, spool_curl_receiver value) {
  return curl_easy_setopt(curl, option, value);
}

static inline CURLcode spool_curl_set_progress(CURL *curl, spool_curl_progress value) {
  return curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, value);
}

static inline CURLcode spool_curl_set_gate(CURL *curl, spool_curl_gate value) {
  return curl_easy_setopt(curl, CURLOPT_PREREQFUNCTION, value);
}

static inline CURLcode spool_curl_set_listener(CURL *curl, spool_curl_listener value) {
  return curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, value);
}

static inline CURLcode spool_curl_get_number(CURL *curl, CURLINFO info, long *value) {
  return curl_easy_getinfo(curl, info, value);
}

static inline CURLcode spool_curl_get_size(CURL *curl, CURLINFO info, curl_off_t *value) {
  return curl_easy_getinfo(curl, info, value);
}
