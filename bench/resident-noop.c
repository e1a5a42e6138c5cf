// SPDX-License-Identifier: MIT
// resident-noop --resident - the least resident task: one answer a line of requests, at once.
// Started without the option it is the least task, for programs that know no resident ones.
#include <stdio.h>
#include <string.h>

int main(int count, char *arguments[]) {
  static char line[1 << 20];
  if (count < 2 || strcmp(arguments[1], "--resident") != 0) return 0;
  while (fgets(line, sizeof line, stdin) != NULL) {
    // The id is a name of the spool, which has neither quotes nor backslashes, and no member before it can hold this text.
    char *id = strstr(line, "\"id\":");
    if (id == NULL || (id = strchr(id + 5, '"')) == NULL) return fputs("a request without an id\n", stderr), 65;
    printf("{\"id\":\"%.*s\",\"status\":0,\"result\":null}\n", (int)strcspn(id + 1, "\""), id + 1);
    if (fflush(stdout) == EOF) return 74;
  }
  return 0;
}
