/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PACK_H
#define PACK_H
/*
 * What was worked out of text files, kept so that the next start need not do
 * it again: some arrays in one file, mapped read-only and used where they lie.
 *
 * The text files stay the source. A pack carries a key, the hash of everything
 * that it was made from, and of the code that made it (PACK_MAKER); whoever
 * looks for one works out the key of the files as they are, and a pack with
 * another key is as good as none. So a pack is never needed, and never believed
 * to be newer or older than it is.
 *
 *   bytes 0-7    "clerkpck"          32-39  key
 *         8-11   PACK_VERSION        40-47  length of the file
 *        12-15   0x01020304          48-55  number of parts
 *        16-31   unused, zero        56-63  pack_hash() of all that follows
 *   then for each part its offset and length (8 bytes each), then the parts,
 *   each at a multiple of PACK_ALIGN. Numbers are as this machine has them.
 *
 * Trust: the parts are used as they are, so only files of root or of our own
 * user are taken that nobody else may write; no links, no pipes. A file that is
 * cut or damaged does not fit its checksum. A pack is replaced by renaming,
 * never written to: who has mapped the old one keeps it.
 *
 * Lifetime: pack_free(). Errors: a pack that will not do is not found; only
 * writing tells why it failed.
 */
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

enum { PACK_PARTS_MAX = 16, PACK_ALIGN = 64, PACK_VERSION = 1 };

struct pack;

/* Where packs may lie: those that came with the programs, and those that the
 * daemon keeps for itself. Either may be NULL. */
struct pack_places {
	const char *shipped, *own;
	bool write; /* missing ones into own */
};

/* Hashes chain: the seed is the hash of what came before. For finding changes
 * and damage, not for keeping out a forger. */
uint64_t pack_hash(uint64_t seed, struct span bytes);
/* The hash of a file's bytes; -1 when it cannot be read. */
int pack_hash_file(const char *path, uint64_t *hash, struct error *err);

/* A pack in memory, of copies of the parts. */
struct pack *pack_make(uint64_t key, const struct span *parts, size_t count);
/* NULL when there is none with this key and as many parts, in both places. */
struct pack *pack_find(const struct pack_places *places, const char *name,
		       uint64_t key, size_t count);
int pack_write(const struct pack *pack, const char *directory, const char *name,
	       struct error *err);
/* Writes it where the places want it, and uses the file instead of the memory;
 * when that fails, returns the pack as it was. */
struct pack *pack_keep(struct pack *pack, const struct pack_places *places,
		       const char *name);
/* Accepts NULL. */
void pack_free(struct pack *pack);

/* Aligned; a number beyond the last part gives an empty one. */
struct span pack_part(const struct pack *pack, size_t number);

#endif
