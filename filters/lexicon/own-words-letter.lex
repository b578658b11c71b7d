# The member's own ward letter or own view. Negator for official-letter, member-legal-obligation
(these are my own words|as ward councillor|as the ward councillor|as local councillor|as local member|as the member for|as a ward councillor|one of your ward councillors)
(one of your councillors|on behalf of my residents|on behalf of residents|on behalf of my constituents|on behalf of constituents|on behalf of a constituent|on behalf of my constituent|i write as)
(i am writing as|not on behalf of the council|not for the council|not speaking for the council|not the council's view|not the council's position|not the view of the council|council will send its own)
(council will reply separately|council will no doubt|an official reply will|the officer will write|officers will write|personal view|personal capacity|speak for myself)
(speaking for myself|said as myself|in my own name|under my own name|in nobody's name but my own|write for nobody but myself|own name|for myself)
(in a personal capacity|as a ward member|not the council|for my group|for the group|the group's view|on behalf of the group|as leader of the opposition)
(as group leader|nobody's name but my own)
my own (words|view|views|letter|letterhead|opinion|capacity|behalf)
as your (ward |local |)councillor
