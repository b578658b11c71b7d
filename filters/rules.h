/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RULES_H
#define RULES_H
/*
 * Every rule of the specification, each in a file of its own.
 */
#include "filters/rule.h"

extern const struct rule rule_blind_copy;
extern const struct rule rule_member_legal_obligation;
extern const struct rule rule_political_purpose;
extern const struct rule rule_pre_election_publicity;
extern const struct rule rule_open_copy;
extern const struct rule rule_official_letter_in_member_name;
extern const struct rule rule_on_behalf_of_member;
extern const struct rule rule_capacity_unclear;
extern const struct rule rule_discourtesy;
extern const struct rule rule_advice_pressure;
extern const struct rule rule_favour_seeking;
extern const struct rule rule_staff_matter;
extern const struct rule rule_group_meeting_request;
extern const struct rule rule_uneven_briefing;
extern const struct rule rule_confidential_disclosure;
extern const struct rule rule_party_publicity;
extern const struct rule rule_media_contact;
extern const struct rule rule_legal_proceedings;
extern const struct rule rule_wrong_channel;
extern const struct rule rule_ward_invitation;
extern const struct rule rule_party_worker_access;

#endif
