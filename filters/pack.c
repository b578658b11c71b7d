/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pack.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 256 * 1024, LANES = 4, BYTE_ORDER_MARK = 0x01020304 };
static const size_t size_max = (size_t)512 << 20;
static const char magic[8] = "clerkpck";

struct header {
	char magic[8];
	uint32_t version, order;
	uint64_t unused[2];
	uint64_t key, size, count, check;
};

struct place {
	uint64_t at, len;
};

struct pack {
	const unsigned char *bytes; /* begins with the header */
	size_t size;
	bool mapped;
};

/* ---- hashing: four lanes side by side, eight bytes each ---- */

static const uint64_t prime1 = 0x9e3779b185ebca87u,
		      prime2 = 0xc2b2ae3d27d4eb4fu;

static uint64_t
mix(uint64_t lane, uint64_t word)
{
	lane += word * prime2;
	return (lane << 31 | lane >> 33) * prime1;
}

static uint64_t
word_at(const char *at, size_t len)
{
	uint64_t word = 0;

	memcpy(&word, at, len < sizeof(word) ? len : sizeof(word));
	return word;
}

uint64_t
pack_hash(uint64_t seed, struct span bytes)
{
	uint64_t lanes[LANES] = { seed + prime1, seed ^ prime2, seed,
				  seed - prime1 };
	uint64_t hash = seed ^ (uint64_t)bytes.len * prime1;
	size_t at = 0, i;

	for (; bytes.len - at >= LANES * sizeof(uint64_t);
	     at += LANES * sizeof(uint64_t))
		for (i = 0; i < LANES; i++)
			lanes[i] = mix(lanes[i],
				       word_at(bytes.ptr + at + i * 8, 8));
	for (i = 0; at < bytes.len; at += sizeof(uint64_t), i++)
		lanes[i] =
			mix(lanes[i], word_at(bytes.ptr + at, bytes.len - at));
	for (i = 0; i < LANES; i++)
		hash = mix(hash, lanes[i]);
	hash ^= hash >> 33;
	hash *= prime2;
	return hash ^ hash >> 29;
}

/* Whole chunks, so that the hash does not depend on how the bytes came. */
int
pack_hash_file(const char *path, uint64_t *hash, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *chunk = malloc(CHUNK);
	size_t len = CHUNK;
	ssize_t got = fd < 0 || chunk == NULL ? -1 : 0;

	while (got >= 0 && len == CHUNK) {
		for (len = 0; len < CHUNK; len += (size_t)got) {
			got = read(fd, chunk + len, CHUNK - len);
			if (got <= 0)
				break;
		}
		if (got >= 0)
			*hash = pack_hash(*hash, (struct span){ chunk, len });
	}
	if (got < 0)
		error_set(err, ERROR_CONFIG, "%s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	free(chunk);
	return got < 0 ? -1 : 0;
}

/* ---- the file ---- */

static uint64_t
check_of(const unsigned char *bytes, size_t size)
{
	const char *behind = (const char *)bytes + sizeof(struct header);

	return pack_hash(0,
			 (struct span){ behind, size - sizeof(struct header) });
}

static bool
places_hold(const unsigned char *bytes, size_t size, size_t count)
{
	const struct place *places =
		(const struct place *)(bytes + sizeof(struct header));
	size_t i;

	if ((size - sizeof(struct header)) / sizeof(*places) < count)
		return false;
	for (i = 0; i < count; i++)
		if (places[i].at % PACK_ALIGN != 0 || places[i].at > size ||
		    places[i].len > size - places[i].at)
			return false;
	return true;
}

static bool
holds(const unsigned char *bytes, size_t size, uint64_t key, size_t count)
{
	const struct header *head = (const struct header *)bytes;

	return memcmp(head->magic, magic, sizeof(magic)) == 0 &&
	       head->version == PACK_VERSION &&
	       head->order == BYTE_ORDER_MARK && head->key == key &&
	       head->size == size && head->count == count &&
	       head->check == check_of(bytes, size) &&
	       places_hold(bytes, size, count);
}

/* Nobody but root and ourselves may have had a hand in it. */
static bool
trusted(int fd, size_t *ret_size)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    (st.st_uid != 0 && st.st_uid != geteuid()) ||
	    (st.st_mode & (S_IWGRP | S_IWOTH)) != 0 ||
	    st.st_size < (off_t)sizeof(struct header) ||
	    st.st_size > (off_t)size_max)
		return false;
	*ret_size = (size_t)st.st_size;
	return true;
}

static struct pack *
fresh(const unsigned char *bytes, size_t size, bool mapped)
{
	struct pack *pack = malloc(sizeof(*pack));

	if (pack == NULL)
		abort();
	*pack = (struct pack){ bytes, size, mapped };
	return pack;
}

static struct pack *
find_in(const char *directory, const char *name, uint64_t key, size_t count)
{
	char path[PATH_MAX];
	struct pack *pack = NULL;
	size_t size = 0;
	void *bytes;
	int fd;

	if (directory == NULL || snprintf(path, sizeof(path), "%s/%s.pack",
					  directory, name) >= (int)sizeof(path))
		return NULL;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return NULL;
	if (trusted(fd, &size)) {
		bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (bytes != MAP_FAILED && holds(bytes, size, key, count))
			pack = fresh(bytes, size, true);
		else if (bytes != MAP_FAILED)
			munmap(bytes, size);
	}
	close(fd);
	return pack;
}

struct pack *
pack_find(const struct pack_places *places, const char *name, uint64_t key,
	  size_t count)
{
	struct pack *pack;

	if (places == NULL)
		return NULL;
	pack = find_in(places->shipped, name, key, count);
	return pack != NULL ? pack : find_in(places->own, name, key, count);
}

struct pack *
pack_make(uint64_t key, const struct span *parts, size_t count)
{
	struct header head = {
		.version = PACK_VERSION,
		.order = BYTE_ORDER_MARK,
		.key = key,
		.count = count,
	};
	struct place places[PACK_PARTS_MAX];
	size_t size = sizeof(head) + count * sizeof(*places), i;
	unsigned char *bytes;

	if (count > PACK_PARTS_MAX)
		abort();
	for (i = 0; i < count; i++) {
		size = (size + PACK_ALIGN - 1) / PACK_ALIGN * PACK_ALIGN;
		places[i] = (struct place){ size, parts[i].len };
		size += parts[i].len;
	}
	size = (size + PACK_ALIGN - 1) / PACK_ALIGN * PACK_ALIGN;
	bytes = aligned_alloc(PACK_ALIGN, size);
	if (bytes == NULL)
		abort();
	memset(bytes, 0, size);
	memcpy(bytes + sizeof(head), places, count * sizeof(*places));
	for (i = 0; i < count; i++)
		if (parts[i].len != 0)
			memcpy(bytes + places[i].at, parts[i].ptr,
			       parts[i].len);
	memcpy(head.magic, magic, sizeof(magic));
	head.size = size;
	head.check = check_of(bytes, size);
	memcpy(bytes, &head, sizeof(head));
	return fresh(bytes, size, false);
}

static int
write_all(int fd, const unsigned char *bytes, size_t size)
{
	ssize_t done;

	for (; size != 0; size -= (size_t)done, bytes += done) {
		done = write(fd, bytes, size);
		if (done < 0)
			return -1;
	}
	return 0;
}

/* Not synced: what a crash leaves behind does not fit its checksum. */
int
pack_write(const struct pack *pack, const char *directory, const char *name,
	   struct error *err)
{
	char path[PATH_MAX], fresh_path[PATH_MAX];
	int fd, rc;

	if (snprintf(path, sizeof(path), "%s/%s.pack", directory, name) >=
		    (int)sizeof(path) ||
	    snprintf(fresh_path, sizeof(fresh_path), "%s/.%s.XXXXXX", directory,
		     name) >= (int)sizeof(fresh_path))
		return error_set(err, ERROR_CONFIG, "%s: too long", directory);
	fd = mkostemp(fresh_path, O_CLOEXEC);
	if (fd < 0)
		return error_set(err, ERROR_CONFIG, "%s: %s", directory,
				 strerror(errno));
	rc = write_all(fd, pack->bytes, pack->size);
	if (rc == 0)
		rc = fchmod(fd, 0644);
	if (close(fd) != 0 || rc != 0 || rename(fresh_path, path) != 0) {
		error_set(err, ERROR_CONFIG, "%s: %s", path, strerror(errno));
		unlink(fresh_path);
		return -1;
	}
	return 0;
}

struct pack *
pack_keep(struct pack *pack, const struct pack_places *places, const char *name)
{
	const struct header *head = (const struct header *)pack->bytes;
	struct pack *kept;
	struct error err;

	if (places == NULL || places->own == NULL || !places->write ||
	    pack_write(pack, places->own, name, &err) != 0)
		return pack;
	kept = find_in(places->own, name, head->key, head->count);
	if (kept == NULL)
		return pack;
	pack_free(pack);
	return kept;
}

void
pack_free(struct pack *pack)
{
	if (pack == NULL)
		return;
	if (pack->mapped)
		munmap((void *)(uintptr_t)pack->bytes, pack->size);
	else
		free((void *)(uintptr_t)pack->bytes);
	free(pack);
}

struct span
pack_part(const struct pack *pack, size_t number)
{
	const struct header *head = (const struct header *)pack->bytes;
	const struct place *places =
		(const struct place *)(pack->bytes + sizeof(*head));

	if (number >= head->count)
		return (struct span){ "", 0 };
	return (struct span){ (const char *)pack->bytes + places[number].at,
			      places[number].len };
}
