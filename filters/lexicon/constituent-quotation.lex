# Passes on a constituent's own (perhaps rude) words. Negator for discourtesy; casework cue
(not my words|words not mine|hers not mine|his not mine|theirs not mine|not mine|i quote|quote:)
(quoting|quoted verbatim|verbatim from|as received|as she put it|as he put it|as they put it|as one resident put it)
(pardon her french|pardon his french|pardon the language|excuse the language|excuse his language|excuse her language|apologies for the language|forgive the language)
(i've tidied up the language|minus the swearing|what residents are saying|what they're saying on facebook|on the facebook group|one comment says)
(her|his|their|the resident's|my constituent's|the constituent's|residents'|the lady's|the gentleman's|my resident's) (words|exact words|own words|language|phrase|description|words not mine|turn of phrase|spelling|email said|e-mail said|letter said)
language is (hers|his|theirs)
in (her|his|their) own words
(a|one|my|another) (resident|constituent|tenant|neighbour) (called|calls|describes|described|says|wrote|writes)
(a|one|my|another) (pensioner|trader|lady|gentleman|chap) (called|calls|describes|described|says|wrote|writes)
(a|one|my|another) (resident|constituent|tenant|neighbour) (told me|tells me|put it|puts it|shouted|screamed|emailed me)
(a|one|my|another) (pensioner|trader|lady|gentleman|chap) (told me|tells me|put it|puts it|shouted|screamed|emailed me)
(my|a|local) (constituent|constituents|resident|residents)
passing on (a|her|his|their|the|this) (complaint|email|e-mail|letter|concerns|comments|comment|message|words)
