/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the files lie that no setting names. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "paths.h"

const char *
config_holidays_kept(const struct config *config)
{
	return arena_printf(config->arena, "%s/bank-holidays.json",
			    config->state.directory)
		.ptr;
}

const char *
config_data_path(struct arena *arena, const char *name)
{
	static const struct {
		const char *name, *source; /* in the source or build tree */
	} places[] = {
		{ "lexicon", PATH_SOURCE "/filters/lexicon" },
		{ "weights/model.txt",
		  PATH_SOURCE "/filters/weights/model.txt" },
		{ "letters", PATH_SOURCE "/config/letters" },
		{ "protocols", PATH_SOURCE "/config/protocols" },
		{ "bank-holidays.json",
		  PATH_SOURCE "/config/bank-holidays.json" },
		{ "packs", PATH_BUILD "/packs" },
	};
	const char *data = getenv("CLERKD_DATA");
	const char *installed;
	char self[4096];
	ssize_t len;
	size_t i;

	if (data != NULL)
		return arena_printf(arena, "%s/%s", data, name).ptr;
	installed = arena_printf(arena, "%s/%s", PATH_DATA, name).ptr;
	len = readlink("/proc/self/exe", self, sizeof self - 1);
	self[len > 0 ? len : 0] = '\0';
	if (strncmp(self, PATH_BUILD "/", strlen(PATH_BUILD "/")) != 0 &&
	    access(installed, R_OK) == 0)
		return installed;
	for (i = 0; i < ARRAY_SIZE(places); i++)
		if (strcmp(places[i].name, name) == 0)
			return places[i].source;
	return installed;
}

const char *
config_protocol_path(const struct config *config)
{
	const char *slash = strrchr(config->path, '/');
	const char *beside;

	beside = arena_printf(config->arena, "%.*sprotocols/%s.conf",
			      slash != NULL ? (int)(slash - config->path + 1) :
					      0,
			      config->path, config->council.protocol)
			 .ptr;
	if (access(beside, R_OK) == 0)
		return beside;
	return arena_printf(config->arena, "%s/%s.conf",
			    config_data_path(config->arena, "protocols"),
			    config->council.protocol)
		.ptr;
}
