/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/mail.h"

static const struct span mx[] = { { .ptr = "mx.hill.example", .len = 15 } };
static const struct span cloud[] = { { .ptr = "exchange-online", .len = 15 } };
static const struct span domains[] = { { .ptr = "hill.example", .len = 12 } };

static const struct message_trust at_mx = {
	.servers = mx,
	.server_count = 1,
	.domains = domains,
	.domain_count = 1,
};

static void
read_with(struct mail *mail, const struct message_trust *trust,
	  const char *fields)
{
	char raw[4000];

	mail_open(mail);
	mail->trust = *trust;
	snprintf(raw, sizeof raw, "%s\nhi\n", fields);
	assert_int_equal(mail_read(mail, span_of(raw)), 0);
}

static void
check(const struct message_trust *trust, const char *fields,
      enum sender_check want, const char *why)
{
	struct mail mail;

	read_with(&mail, trust, fields);
	if (mail.message->sender_check != want)
		fail_msg("%s: got %d, want %d (%.*s)", fields,
			 (int)mail.message->sender_check, (int)want,
			 SPAN_ARG(mail.message->sender_why));
	if (want == SENDER_FAILED)
		assert_span(mail.message->sender_why, why);
	else
		assert_int_equal(mail.message->sender_why.len, 0);
	mail_close(&mail);
}

#define AR "Authentication-Results: mx.hill.example"
#define FROM "From: Jo <jo@hill.example>\n"

struct row {
	const char *fields;
	enum sender_check want;
	const char *why;
};

static void
test_a_result_is_about_the_domain_of_from(void **state)
{
	static const struct row rows[] = {
		{ AR "; dmarc=pass header.from=hill.example\n" FROM,
		  SENDER_VERIFIED, "" },
		{ AR "; dmarc=fail (p=none) header.from=hill.example\n" FROM,
		  SENDER_FAILED, "dmarc=fail" },
		/* A pass outweighs no failure. */
		{ AR ";\n\tspf=pass smtp.mailfrom=jo@hill.example;\n"
		     "\tdmarc=fail header.from=hill.example\n" FROM,
		  SENDER_FAILED, "dmarc=fail" },
		/* It was asked about another From than ours. */
		{ AR "; dmarc=pass header.from=out.example\n" FROM,
		  SENDER_FAILED, "dmarc=pass for another From" },
		{ AR "; dmarc=none; dkim=pass header.d=hill.example\n" FROM,
		  SENDER_VERIFIED, "" },
		{ AR "; dkim=pass header.i=@mail.hill.example\n" FROM,
		  SENDER_VERIFIED, "" },
		{ AR "; dkim=pass header.d=out.example\n" FROM, SENDER_FAILED,
		  "dkim=pass for another domain" },
		{ AR "; dkim=pass header.d=example\n" FROM, SENDER_FAILED,
		  "dkim=pass for another domain" },
		/* no byte of it but ASCII goes on the wire */
		{ AR "; spf=\x8d\xff\n" FROM, SENDER_FAILED, "spf=??" },
		{ AR "; dkim=pass header.d=evilhill.example\n" FROM,
		  SENDER_FAILED, "dkim=pass for another domain" },
		{ AR "; dkim=fail reason=\"signature; dmarc=pass\" "
		     "header.d=hill.example\n" FROM,
		  SENDER_FAILED, "dkim=fail" },
		{ AR "; spf=pass smtp.mailfrom=jo@hill.example\n" FROM,
		  SENDER_VERIFIED, "" },
		{ AR "; spf=pass smtp.mailfrom=\"<jo@hill.example>\"\n" FROM,
		  SENDER_VERIFIED, "" },
		{ AR "; spf=pass smtp.mailfrom=x@out.example\n" FROM,
		  SENDER_FAILED, "spf=pass for another domain" },
		{ AR "; spf=softfail smtp.mailfrom=x@hill.example\n" FROM,
		  SENDER_FAILED, "spf=softfail" },
		/* SPF of the greeting says nothing of From. */
		{ AR "; spf=pass smtp.helo=hill.example\n" FROM, SENDER_FAILED,
		  "spf=pass" },
		{ AR "; dmarc=temperror\n" FROM, SENDER_FAILED,
		  "dmarc=temperror" },
		{ AR "; auth=pass smtp.auth=jo\n" FROM, SENDER_VERIFIED, "" },
		{ AR " 1; DMARC/1 = PASS (ok; dmarc=fail) "
		     "header.from=HILL.example.\n" FROM,
		  SENDER_VERIFIED, "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		check(&at_mx, rows[i].fields, rows[i].want, rows[i].why);
}

static void
test_nothing_checked_is_nothing_known(void **state)
{
	static const struct row rows[] = {
		{ FROM, SENDER_UNCHECKED, "" },
		{ AR "; none\n" FROM, SENDER_UNCHECKED, "" },
		{ AR "\n" FROM, SENDER_UNCHECKED, "" },
		{ AR "; spf=none smtp.mailfrom=hill.example; dkim=none; "
		     "dmarc=none\n" FROM,
		  SENDER_UNCHECKED, "" },
		{ AR "; iprev=fail policy.iprev=192.0.2.1\n" FROM,
		  SENDER_UNCHECKED, "" },
		{ AR ";;;=;a=;=b;dmarc=;\n" FROM, SENDER_UNCHECKED, "" },
		{ AR "; dmarc=fail\nSubject: no From\n", SENDER_UNCHECKED, "" },
	};
	struct message_trust strict = at_mx, nobody = { .servers = NULL };
	size_t i;

	(void)state;
	strict.missing_fails = true;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		check(&at_mx, rows[i].fields, rows[i].want, rows[i].why);
	check(&strict, FROM, SENDER_FAILED, "no server has checked it");
	check(&nobody, AR "; dmarc=fail\n" FROM, SENDER_UNCHECKED, "");
}

#define HOP(by) "Received: from x by " by "; Tue, 3 Mar 2026 09:00:00 +0000\n"

static void
test_only_the_topmost_fields_of_our_own_server_count(void **state)
{
	static const struct row rows[] = {
		/* Strangers' fields, and what looks like our name. */
		{ "Authentication-Results: out.example; dmarc=pass\n" FROM,
		  SENDER_UNCHECKED, "" },
		{ "Authentication-Results: mx.hill.example.out.example; "
		  "dmarc=pass\n" FROM,
		  SENDER_UNCHECKED, "" },
		{ "Authentication-Results: out.example (mx.hill.example); "
		  "dmarc=pass\n" FROM,
		  SENDER_UNCHECKED, "" },
		{ "X-Authentication-Results: mx.hill.example; dmarc=fail\n"
		  "ARC-Authentication-Results: i=1; mx.hill.example; "
		  "dmarc=fail\n" FROM,
		  SENDER_UNCHECKED, "" },
		/* A forged pass lies below the border's own Received. */
		{ AR "; spf=softfail smtp.mailfrom=out.example\n" HOP(
			  "mx.hill.example") AR "; dmarc=pass\n" FROM,
		  SENDER_FAILED, "spf=softfail for another domain" },
		{ HOP("store.hill.example") AR
		  "; dmarc=fail\n" HOP("mx.hill.example") AR
		  "; dmarc=pass header.from=hill.example\n" FROM,
		  SENDER_FAILED, "dmarc=fail" },
		/* The field of one that writes it under its Received, and a
		 * forged one beside it. */
		{ HOP("mx.hill.example") AR "; dmarc=fail\n" AR
					    "; dmarc=pass\n" FROM,
		  SENDER_FAILED, "dmarc=fail" },
		{ HOP("mx.hill.example") AR "; dmarc=pass\n" AR
					    "; dmarc=fail\n" FROM,
		  SENDER_FAILED, "dmarc=fail" },
		/* One field a method, as two milters write them. */
		{ AR "; dmarc=pass header.from=hill.example\n" AR
		     "; dkim=none\n" HOP("mx.hill.example") FROM,
		  SENDER_VERIFIED, "" },
		/* A field of an attached message is not this message's. */
		{ "Content-Type: message/rfc822\n" FROM "\n" AR
		  "; dmarc=fail\n" FROM,
		  SENDER_UNCHECKED, "" },
		/* Of two From fields the first is taken, by us. */
		{ AR "; dmarc=pass header.from=out.example\n" FROM
		     "From: evil@out.example\n",
		  SENDER_FAILED, "dmarc=pass for another From" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		check(&at_mx, rows[i].fields, rows[i].want, rows[i].why);
}

/* A server that writes its fields under its own Received and does not remove
 * those of others: a forged one stands below them (RFC 8601 section 7.1). */
static void
test_of_several_fields_the_worst_result_of_a_method_counts(void **state)
{
#define PASS "dmarc=pass header.from=hill.example"
#define SIGNED "dkim=pass header.d=hill.example"
	static const struct row rows[] = {
		{ AR "; dkim=fail header.d=hill.example\n" AR "; " SIGNED "\n",
		  SENDER_FAILED, "dkim=fail" },
		{ AR "; " SIGNED "\n" AR "; dkim=fail header.d=hill.example\n",
		  SENDER_FAILED, "dkim=fail" },
		{ AR "; dkim=none\n" AR "; " SIGNED "\n", SENDER_FAILED,
		  "dkim=none and dkim=pass" },
		{ AR "; dmarc=none\n" AR "; " PASS "\n", SENDER_FAILED,
		  "dmarc=none and dmarc=pass" },
		{ AR "; " PASS "\n" AR "; dmarc=temperror\n", SENDER_FAILED,
		  "dmarc=temperror" },
		/* The sender's own signature, and the one that he claims. */
		{ AR "; dkim=pass header.d=out.example\n" AR "; " SIGNED "\n",
		  SENDER_FAILED, "dkim=pass for another domain" },
		{ AR "; auth=fail\n" AR "; auth=pass\n", SENDER_FAILED,
		  "auth=fail" },
		/* Of another method: below, it outweighs nothing. */
		{ AR "; spf=softfail smtp.mailfrom=x@hill.example\n" AR
		     "; " PASS "\n",
		  SENDER_FAILED, "spf=softfail" },
		{ AR "; spf=pass smtp.mailfrom=x@out.example\n" AR "; " PASS
		     "; " SIGNED "; auth=pass\n",
		  SENDER_FAILED, "spf=pass for another domain" },
		{ AR "; dkim=none\n" AR
		     "; spf=none smtp.mailfrom=out.example\n" AR "; " PASS "\n",
		  SENDER_FAILED, "spf=none for another domain" },
		/* On top it is the server's: three milters, a mail that was
		 * forwarded. */
		{ AR "; " PASS "\n" AR "; " SIGNED "\n" AR
		     "; spf=softfail smtp.mailfrom=x@out.example\n",
		  SENDER_VERIFIED, "" },
		{ AR "; dkim=none\n" AR
		     "; spf=pass smtp.mailfrom=jo@hill.example\n",
		  SENDER_VERIFIED, "" },
		{ AR "; " PASS "\n" AR "; " PASS "\n", SENDER_VERIFIED, "" },
		{ AR "; iprev=fail\n" AR "; " PASS "\n", SENDER_VERIFIED, "" },
		/* Two signatures in one field: the discussion list's, too. */
		{ AR "; dkim=pass header.d=list.example; " SIGNED
		     "; dkim=fail header.d=hill.example\n",
		  SENDER_VERIFIED, "" },
		/* A name that a border may fail to see is the same name. */
		{ AR
		  "; dkim=none\n"
		  "authentication-results: (x) \"MX.hill.example\" 1; " SIGNED
		  "\n",
		  SENDER_FAILED, "dkim=none and dkim=pass" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		char fields[1000];

		snprintf(fields, sizeof fields, "%s%s%s",
			 HOP("mx.hill.example"), rows[i].fields, FROM);
		check(&at_mx, fields, rows[i].want, rows[i].why);
		/* The same without anything above it. */
		snprintf(fields, sizeof fields, "%s%s", rows[i].fields, FROM);
		check(&at_mx, fields, rows[i].want, rows[i].why);
	}
}

static void
test_no_number_of_fields_pushes_the_first_one_out(void **state)
{
	char fields[3900] = HOP("mx.hill.example") AR
		"; spf=fail smtp.mailfrom=hill.example\n";
	size_t i;

	(void)state;
	for (i = 0; i < 30; i++)
		strcat(fields, AR "; " PASS "; " SIGNED "\n");
	strcat(fields, FROM);
	check(&at_mx, fields, SENDER_FAILED, "spf=fail");
}

static void
test_exchange_online_writes_no_name(void **state)
{
	static const char passed[] =
		"Authentication-Results: spf=pass (sender IP is 192.0.2.1)\n"
		" smtp.mailfrom=hill.example; dkim=pass (ok)\n"
		" header.d=hill.example;dmarc=pass action=none\n"
		" header.from=hill.example;compauth=pass reason=100\n" FROM;
	static const char forged[] =
		"Authentication-Results: spf=fail (sender IP is 192.0.2.1)\n"
		" smtp.mailfrom=hill.example; dkim=none\n"
		" header.d=none;dmarc=fail action=none\n"
		" header.from=hill.example;compauth=fail reason=000\n" FROM;
	static const char inside[] =
		"Authentication-Results: dkim=none (message not signed)\n"
		" header.d=none;dmarc=none action=none\n"
		" header.from=hill.example;\n" FROM;
	const struct message_trust trust = { .servers = cloud,
					     .server_count = 1 };

	(void)state;
	check(&trust, passed, SENDER_VERIFIED, "");
	check(&trust, forged, SENDER_FAILED, "dmarc=fail");
	check(&trust, inside, SENDER_UNCHECKED, "");
	check(&trust, AR "; dmarc=fail\n" FROM, SENDER_UNCHECKED, "");
	check(&at_mx, forged, SENDER_UNCHECKED, "");
}

static void
test_exchange_knows_its_own_people(void **state)
{
	static const char anonymous[] =
		"X-MS-Exchange-Organization-AuthAs: Anonymous\n";
	const struct message_trust trust = { .domains = domains,
					     .domain_count = 1,
					     .exchange = true };
	char fields[200];

	(void)state;
	check(&trust, "X-MS-Exchange-Organization-AuthAs: Internal\n" FROM,
	      SENDER_VERIFIED, "");
	snprintf(fields, sizeof fields, "%s%s", anonymous, FROM);
	check(&trust, fields, SENDER_FAILED, "AuthAs=Anonymous");
	snprintf(fields, sizeof fields, "%sFrom: jo@home.example\n", anonymous);
	check(&trust, fields, SENDER_UNCHECKED, "");
	snprintf(fields, sizeof fields, "%s%s", anonymous, FROM);
	check(&at_mx, fields, SENDER_UNCHECKED, "");
}

static void
test_the_owners_sent_folder_vouches_for_the_owner(void **state)
{
	struct mail mail;
	int own;

	(void)state;
	for (own = 0; own < 2; own++) {
		mail_open(&mail);
		mail.trust = at_mx;
		mail.trust.missing_fails = true;
		mail.origin.sent_folder = true;
		mail.origin.owner = span_of(own != 0 ? "jo@hill.example" :
						       "al@hill.example");
		assert_int_equal(mail_read(&mail, span_of(FROM "\nhi\n")), 0);
		assert_int_equal(mail.message->sender_check,
				 own != 0 ? SENDER_VERIFIED : SENDER_UNCHECKED);
		mail_close(&mail);
	}
}

static void
test_a_field_without_end_is_read_as_far_as_it_goes(void **state)
{
	static const char *const tails[] = {
		"((((((((((((((((((((((((((((((((((",
		"; dkim=pass (\\",
		"; dkim=pass \"",
		"; dkim = ",
		"; =; = ;",
		"/////////; dkim/=pass",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(tails); i++) {
		struct mail mail;
		char fields[200];

		snprintf(fields, sizeof fields, AR "%s\n" FROM, tails[i]);
		read_with(&mail, &at_mx, fields);
		assert_int_not_equal(mail.message->sender_check,
				     SENDER_VERIFIED);
		mail_close(&mail);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_result_is_about_the_domain_of_from),
		cmocka_unit_test(test_nothing_checked_is_nothing_known),
		cmocka_unit_test(
			test_only_the_topmost_fields_of_our_own_server_count),
		cmocka_unit_test(
			test_of_several_fields_the_worst_result_of_a_method_counts),
		cmocka_unit_test(
			test_no_number_of_fields_pushes_the_first_one_out),
		cmocka_unit_test(test_exchange_online_writes_no_name),
		cmocka_unit_test(test_exchange_knows_its_own_people),
		cmocka_unit_test(
			test_the_owners_sent_folder_vouches_for_the_owner),
		cmocka_unit_test(
			test_a_field_without_end_is_read_as_far_as_it_goes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
