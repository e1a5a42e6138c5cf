// SPDX-License-Identifier: MIT
// answer MILLISECONDS - a web server that takes so long for each request, and answers as Superset's warm-up does. It
// costs as little as it can: what is measured is whoever asks. Prints its port; ends with its standard input.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static struct timespec pause_time;

static const char token[] = "{\"result\": \"token\"}\n";
static const char chart[] = "{\"result\": [{\"chart_id\": 1, \"viz_error\": null, \"viz_status\": \"success\"}]}\n";

// Reads one request, its body included; the length of what was read, or 0 at the end.
static size_t read_request(int client, char *buffer, size_t size) {
  size_t length = 0;
  for (;;) {
    ssize_t count = read(client, buffer + length, size - 1 - length);
    if (count <= 0) return 0;
    length += (size_t)count;
    buffer[length] = 0;
    char *end = strstr(buffer, "\r\n\r\n");
    if (!end) continue;
    char *field = strcasestr(buffer, "\r\ncontent-length:");
    size_t body = field && field < end ? strtoul(field + 17, NULL, 10) : 0;
    if (length >= (size_t)(end + 4 - buffer) + body) return length;
  }
}

static void *serve(void *argument) {
  int client = (int)(long)argument, on = 1;
  char request[65536], answer[1024];
  setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  while (read_request(client, request, sizeof request)) {
    nanosleep(&pause_time, NULL);
    const char *body = strncmp(request, "GET ", 4) == 0 ? token : chart;
    int length = snprintf(answer, sizeof answer,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n"
        "Set-Cookie: session=secret; Path=/\r\n\r\n%s", strlen(body), body);
    if (write(client, answer, (size_t)length) != length) break;
  }
  close(client);
  return NULL;
}

static void *accept_all(void *argument) {
  int listener = (int)(long)argument;
  for (;;) {
    int client = accept(listener, NULL, NULL);
    pthread_t thread;
    if (client < 0) continue;
    if (pthread_create(&thread, NULL, serve, (void *)(long)client) == 0) pthread_detach(thread);
  }
  return NULL;
}

int main(int count, char **arguments) {
  if (count != 2) return 64;
  pause_time.tv_nsec = atol(arguments[1]) * 1000000;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  pthread_t thread;
  if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 128)
      || getsockname(listener, (struct sockaddr *)&address, &size)
      || pthread_create(&thread, NULL, accept_all, (void *)(long)listener))
    return 71;
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  while (read(0, &count, sizeof count) > 0) {}
  return 0;
}
