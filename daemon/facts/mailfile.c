/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mailfile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	PEEK_SIZE = 4096,       /* holds nearly every topmost Received */
	SCAN_SIZE = 256 * 1024, /* of an mbox at a time */
	FROM_LINE_MAX = 512
};

/* What one call of mailfile_list() needs all the way down. */
struct listing {
	struct arena *arena;
	struct mailfiles files;
	char *buffer;       /* SCAN_SIZE */
	bool asked;         /* the paths come from a person */
	size_t passed_over; /* files in folders that are no mail */
	struct error *err;
};

static ssize_t
read_at(int fd, void *buffer, size_t size, long long offset)
{
	size_t got = 0;
	ssize_t n;

	while (got < size) {
		n = pread(fd, (char *)buffer + got, size - got,
			  (off_t)(offset + (long long)got));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		got += (size_t)n;
	}
	return (ssize_t)got;
}

static struct mailfile *
add_file(struct listing *list, const char *path, const char *name)
{
	struct mailfile *file;

	if (list->files.count >= MAILFILE_COUNT_MAX) {
		(void)error_set(list->err, ERROR_INPUT,
				"more than %d messages in one go",
				MAILFILE_COUNT_MAX);
		return NULL;
	}
	file = arena_push(list->arena, &list->files.at, &list->files.count,
			  sizeof *file);
	*file = (struct mailfile){ .path = path, .name = name };
	return file;
}

/* Something that stands in the way: listed, or the end of it all. */
static int
say(struct listing *list, const char *path, const char *name, const char *why)
{
	struct mailfile *file;

	if (!list->asked)
		return error_set(list->err, ERROR_INPUT, "%s: %s", path, why);
	file = add_file(list, path, name);
	if (file == NULL)
		return -1;
	file->why_not = arena_string(list->arena, why);
	return 0;
}

static bool
is_year(struct span word)
{
	size_t at;

	for (at = 0; at < word.len; at++)
		if (word.ptr[at] < '0' || word.ptr[at] > '9')
			return false;
	return word.len == 4;
}

/* "From someone@example Tue Jan  6 09:12:38 2026": the line that an mbox puts
 * before a message. Ordinary prose that begins with "From " has no year. */
static bool
is_from_line(struct span line)
{
	struct span word, rest = span_trim(line);
	size_t words = 0;
	bool year = false;

	if (!span_starts(line, "From "))
		return false;
	while (span_next(&rest, ' ', &word)) {
		if (word.len == 0)
			continue;
		words++;
		year = year || (words > 2 && is_year(word));
	}
	return words >= 4 && year;
}

/* Bytes of a leading "From " line, which is no part of the message. */
static size_t
from_line_length(struct span head)
{
	size_t end;

	if (!span_starts(head, "From ") && !span_starts(head, ">From "))
		return 0;
	end = span_find_byte(span_sub(head, 0, FROM_LINE_MAX), '\n');
	return end < head.len && end < FROM_LINE_MAX ? end + 1 : 0;
}

/* Fills length and time of receipt from the file itself. */
static void
peek_file(struct listing *list, int fd, const struct stat *st,
	  struct mailfile *file)
{
	struct span head = { .ptr = list->buffer };
	ssize_t got;
	size_t skip;

	got = read_at(fd, list->buffer,
		      st->st_size < PEEK_SIZE ? (size_t)st->st_size : PEEK_SIZE,
		      0);
	head.len = got > 0 ? (size_t)got : 0;
	skip = from_line_length(head);
	file->offset = (long long)skip;
	file->length = (long long)st->st_size - file->offset;
	file->received = mailfile_received(span_sub(head, skip, head.len));
	if (file->received == 0 && got == PEEK_SIZE) {
		got = read_at(fd, list->buffer, MAILFILE_HEAD_MAX, 0);
		head.len = got > 0 ? (size_t)got : 0;
		file->received =
			mailfile_received(span_sub(head, skip, head.len));
	}
	if (file->received == 0)
		file->received = st->st_mtime;
}

/* One message in a file of its own. One that cannot be opened is listed all
 * the same, so that it shows up as unreadable. */
static int
add_single(struct listing *list, int dir, const char *entry, const char *path,
	   const char *name)
{
	struct mailfile *file;
	struct stat st;
	int fd;

	fd = openat(dir, entry, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd >= 0 && (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))) {
		close(fd);
		return 0; /* a pipe or a folder by that name is no message */
	}
	file = add_file(list, path, name);
	if (file != NULL && fd >= 0)
		peek_file(list, fd, &st, file);
	if (fd >= 0)
		close(fd);
	return file != NULL ? 0 : -1;
}

static int
add_mbox_message(struct listing *list, int fd, const struct stat *st,
		 const char *path, const char *name, long long start,
		 long long end, size_t number)
{
	char head[PEEK_SIZE];
	struct mailfile *file;
	ssize_t got;
	size_t want =
		end - start < PEEK_SIZE ? (size_t)(end - start) : PEEK_SIZE;

	file = add_file(list, path,
			arena_printf(list->arena, "%s#%zu", name, number).ptr);
	if (file == NULL)
		return -1;
	file->offset = start;
	file->length = end - start;
	got = read_at(fd, head, want, start);
	if (got > 0)
		file->received = mailfile_received(
			(struct span){ .ptr = head, .len = (size_t)got });
	if (file->received == 0)
		file->received = st->st_mtime;
	return 0;
}

/* Where an mbox is being cut into messages. */
struct mbox {
	long long at;    /* offset of buffer[0] */
	long long start; /* of the message under way; -1 before the first */
	long long tail;  /* bytes of the blank line before this one */
	size_t number;
};

/* Looks at one line, which begins at offset at of the file. */
static int
mbox_line(struct listing *list, int fd, const struct stat *st, const char *path,
	  const char *name, struct mbox *mbox, struct span line, long long at)
{
	bool blank = line.len != 0 &&
		     (line.ptr[0] == '\n' || span_starts(line, "\r\n"));

	if ((at == 0 || mbox->tail != 0) && is_from_line(line)) {
		if (mbox->start >= 0 &&
		    add_mbox_message(list, fd, st, path, name, mbox->start,
				     at - mbox->tail, ++mbox->number) != 0)
			return -1;
		mbox->start = at + (long long)line.len;
	}
	mbox->tail = blank ? (long long)line.len : 0;
	return 0;
}

static int
add_mbox(struct listing *list, int fd, const struct stat *st, const char *path,
	 const char *name)
{
	struct mbox mbox = { .start = -1 };
	bool within = false; /* the buffer begins inside a line */

	while (mbox.at < (long long)st->st_size) {
		ssize_t got = read_at(fd, list->buffer, SCAN_SIZE, mbox.at);
		struct span rest = { .ptr = list->buffer };
		size_t used = 0;

		if (got <= 0)
			break; /* became shorter: what is there is listed */
		rest.len = (size_t)got;
		while (used < rest.len) {
			struct span line = span_sub(rest, used, rest.len);
			size_t end = span_find_byte(line, '\n');
			bool whole = end < line.len;

			if (!whole && used != 0 && got == SCAN_SIZE)
				break; /* the line comes again, whole */
			line = span_sub(line, 0, whole ? end + 1 : end);
			if (!within &&
			    mbox_line(list, fd, st, path, name, &mbox, line,
				      mbox.at + (long long)used) != 0)
				return -1;
			within = !whole;
			used += line.len;
		}
		mbox.at += (long long)used;
	}
	if (mbox.start >= 0)
		return add_mbox_message(list, fd, st, path, name, mbox.start,
					mbox.at - mbox.tail, ++mbox.number);
	return 0;
}

static int
add_mbox_file(struct listing *list, int dir, const char *entry,
	      const char *path, const char *name)
{
	struct stat st;
	int fd, rc = 0;

	fd = openat(dir, entry, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return add_file(list, path, name) != NULL ? 0 : -1;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		rc = add_mbox(list, fd, &st, path, name);
	close(fd);
	return rc;
}

static const char *
join(struct arena *arena, const char *a, const char *b)
{
	size_t len = strlen(a);

	return arena_printf(arena, "%s%s%s", a,
			    len != 0 && a[len - 1] == '/' ? "" : "/", b)
		.ptr;
}

static bool
is_folder(int dir, const char *entry, int flags)
{
	struct stat st;

	return fstatat(dir, entry, &st, flags) == 0 && S_ISDIR(st.st_mode);
}

static int add_folder(struct listing *list, int dir, const char *path,
		      const char *name, bool maildir, unsigned depth);

static int
add_subfolder(struct listing *list, int dir, const char *entry,
	      const char *path, const char *name, unsigned depth)
{
	bool maildir;
	int fd;

	fd = openat(dir, entry,
		    O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return say(list, path, name, strerror(errno));
	maildir = is_folder(fd, "cur", AT_SYMLINK_NOFOLLOW) &&
		  is_folder(fd, "new", AT_SYMLINK_NOFOLLOW);
	return add_folder(list, fd, path, name, maildir, depth);
}

/* In cur/ and new/ of a Maildir every file is a message; elsewhere the name
 * decides. */
static int
add_entry(struct listing *list, int dir, const struct dirent *entry,
	  const char *path, const char *name, bool maildir, unsigned depth)
{
	struct span file = span_of(entry->d_name);
	const char *full, *shown;
	bool folder = entry->d_type == DT_DIR ||
		      (entry->d_type == DT_UNKNOWN &&
		       is_folder(dir, entry->d_name, AT_SYMLINK_NOFOLLOW));
	bool eml = span_ends_nocase(file, ".eml");
	bool mbox = span_ends_nocase(file, ".mbox");

	if (span_is(file, ".") || span_is(file, ".."))
		return 0;
	if (!folder && !eml && !mbox && !maildir) {
		list->passed_over++;
		return 0;
	}
	if (maildir && (folder || file.ptr[0] == '.'))
		return 0;
	full = join(list->arena, path, entry->d_name);
	shown = *name == '\0' ? arena_string(list->arena, entry->d_name) :
				join(list->arena, name, entry->d_name);
	if (folder)
		return add_subfolder(list, dir, entry->d_name, full, shown,
				     depth + 1);
	if (mbox && !maildir)
		return add_mbox_file(list, dir, entry->d_name, full, shown);
	return add_single(list, dir, entry->d_name, full, shown);
}

/* Takes the descriptor over. */
static int
add_folder(struct listing *list, int dir, const char *path, const char *name,
	   bool maildir, unsigned depth)
{
	struct span last = span_of(path);
	struct dirent *entry;
	bool messages;
	DIR *stream;
	int rc = 0;

	stream = fdopendir(dir);
	if (stream == NULL) {
		close(dir);
		return error_set(list->err, ERROR_INPUT, "%s: %s", path,
				 strerror(errno));
	}
	if (depth > MAILFILE_DEPTH_MAX) {
		closedir(stream);
		return say(list, path, name, "folders are nested too deep");
	}
	/* Files of a Maildir lie in its cur and new, not in itself. */
	messages = !maildir && (span_ends_nocase(last, "/cur") ||
				span_ends_nocase(last, "/new"));
	messages = messages && is_folder(dirfd(stream), "../cur", 0) &&
		   is_folder(dirfd(stream), "../new", 0);
	while (rc == 0 && (entry = readdir(stream)) != NULL) {
		if (maildir && (entry->d_type == DT_REG))
			continue;
		rc = add_entry(list, dirfd(stream), entry, path, name, messages,
			       depth);
	}
	closedir(stream);
	return rc;
}

/* A file that was named: an mbox when it begins like one, else a message. One
 * by the name of .eml is always that: reports of failed delivery hold "From "
 * lines of the messages that they enclose. */
static int
add_named_file(struct listing *list, int fd, const struct stat *st,
	       const char *path, const char *name)
{
	bool eml = span_ends_nocase(span_of(path), ".eml");
	struct span head = { .ptr = list->buffer }, line;
	ssize_t got = read_at(fd, list->buffer, PEEK_SIZE, 0);
	const char *why;

	if (got < 0)
		return say(list, path, name, strerror(errno));
	head.len = (size_t)got;
	line = span_sub(head, 0, span_find_byte(head, '\n'));
	why = list->asked ? mailfile_why_not(head, eml) : NULL;
	if (why != NULL && (eml || !is_from_line(line)))
		return say(list, path, name, why);
	if (is_from_line(line) && !eml)
		return add_mbox(list, fd, st, path, name);
	return add_single(list, AT_FDCWD, path, path, name);
}

/* Takes the descriptor over. */
static int
add_named_folder(struct listing *list, int fd, const char *path)
{
	size_t files = list->files.count, others = list->passed_over;
	bool maildir = is_folder(fd, "cur", 0) && is_folder(fd, "new", 0);

	if (add_folder(list, fd, path, "", maildir, 0) != 0)
		return -1;
	if (!list->asked || list->files.count != files ||
	    list->passed_over == others)
		return 0;
	return say(list, path, path,
		   "no mail in this folder: neither .eml or .mbox files nor a "
		   "Maildir; an mbox by another name has to be named itself");
}

static int
add_path(struct listing *list, const char *asked)
{
	const char *path = arena_string(list->arena, asked), *slash;
	struct stat st;
	int fd, rc;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0 || fstat(fd, &st) != 0) {
		rc = say(list, path, path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return rc;
	}
	if (S_ISDIR(st.st_mode))
		return add_named_folder(list, fd, path);
	if (!S_ISREG(st.st_mode)) {
		close(fd);
		return say(list, path, path, "neither a file nor a folder");
	}
	slash = strrchr(path, '/');
	rc = add_named_file(list, fd, &st, path,
			    slash != NULL ? slash + 1 : path);
	close(fd);
	return rc;
}

static int
by_receipt(const void *a, const void *b)
{
	const struct mailfile *x = a, *y = b;
	int order = (x->received > y->received) - (x->received < y->received);

	if (order == 0 && x->offset != y->offset &&
	    strcmp(x->path, y->path) == 0)
		return x->offset > y->offset ? 1 : -1;
	if (order == 0)
		order = strcmp(x->name, y->name);
	return order != 0 ? order : strcmp(x->path, y->path);
}

static int
list_paths(const char *const *paths, size_t path_count, bool asked,
	   struct arena *arena, struct mailfiles *ret_files, struct error *err)
{
	struct listing list = { .arena = arena, .asked = asked, .err = err };
	size_t i;
	int rc = 0;

	list.buffer = malloc(SCAN_SIZE);
	if (list.buffer == NULL)
		abort();
	for (i = 0; rc == 0 && i < path_count; i++)
		rc = add_path(&list, paths[i]);
	free(list.buffer);
	if (rc != 0)
		return -1;
	if (list.files.count != 0)
		qsort(list.files.at, list.files.count, sizeof *list.files.at,
		      by_receipt);
	*ret_files = list.files;
	return 0;
}

int
mailfile_list(const char *const *paths, size_t path_count, struct arena *arena,
	      struct mailfiles *ret_files, struct error *err)
{
	return list_paths(paths, path_count, false, arena, ret_files, err);
}

int
mailfile_list_asked(const char *const *paths, size_t path_count,
		    struct arena *arena, struct mailfiles *ret_files,
		    struct error *err)
{
	return list_paths(paths, path_count, true, arena, ret_files, err);
}

int
mailfile_read(const struct mailfile *file, size_t max, struct span *ret_raw,
	      struct error *err)
{
	size_t want;
	ssize_t got;
	char *bytes;
	int fd, rc;

	want = file->length < 0 ? 0 : (size_t)file->length;
	if (want > max)
		want = max;
	fd = open(file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return error_set(err, ERROR_INPUT, "%s: %s", file->path,
				 strerror(errno));
	bytes = malloc(want + 1);
	if (bytes == NULL)
		abort();
	got = read_at(fd, bytes, want, file->offset);
	rc = got < 0 ? error_set(err, ERROR_INPUT, "%s: %s", file->path,
				 strerror(errno)) :
		       0;
	close(fd);
	if (rc != 0) {
		free(bytes);
		return rc;
	}
	bytes[got] = '\0';
	*ret_raw = (struct span){ .ptr = bytes, .len = (size_t)got };
	return 0;
}
