// SPDX-License-Identifier: MIT
// drop DIRECTORY FIRST COUNT - drops COUNT jobs, each written aside and renamed: the fastest producer.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int count, char *arguments[]) {
  if (count != 4 || chdir(arguments[1]) == -1) return fputs("usage: drop DIRECTORY FIRST COUNT\n", stderr), 64;
  int first = atoi(arguments[2]), last = first + atoi(arguments[3]);
  for (int number = first; number < last; number++) {
    char aside[32], name[32];
    snprintf(aside, sizeof aside, ".%d.json", number);
    snprintf(name, sizeof name, "%d.json", number);
    int file = open(aside, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (file == -1 || write(file, "{}\n", 3) != 3 || close(file) == -1 || rename(aside, name) == -1)
      return perror(aside), 74;
  }
  return 0;
}
