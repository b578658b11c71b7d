# Appeals for votes or support in council material. party-publicity, political-purpose
(your vote|their vote|cast your vote|use your vote|when you vote|how you vote|how to vote|who to vote for)
(polling booth|in the booth|ballot box|at the ballot box|on polling day|at the polls|on the 7th|come may)
(next may|put your cross|your cross|have my cross|re-elect|elect a|send them packing|sent them packing)
(kick them out|boot them out|vote them out|get them out|get rid of them|remember that when|remember this when|remember them when)
(remember who|remember these|bear it in mind when|bear this in mind|bear that in mind|when they come knocking|when they come calling|next time somebody with)
(next time someone with|come smiling to your|knock on your door|knocks on your door|asks for your vote|asked for your vote|keep us in|don't let them)
(labour council|conservative council|tory council|green council|lib dem council|reform council|brought to you by your|thanks to your)
(delivered by your|labour built|labour blocked|tory cuts|tory neglect|labour waste|labour cuts|green nonsense)
(let it rot|left to rot|party of|the only party|in safe hands|the other parties|in spite of the|no thanks to)
(good riddance|glad they're gone|glad the tories are gone|our colours|true colours|fixing your streets|kept their word|standing up for you)
on your side
vote (for|labour|conservative|tory|green|lib dem|plaid|snp|reform|it)
lend (us|me) your vote
in the (polling|voting) booth
keep it (labour|tory|conservative|green|yellow|local|that way)
don't let the (tories|conservatives|labour|greens|lib dems|other lot) (back|ruin|in|wreck)
stop the (tories|conservatives|greens|reform|labour|cuts|snp)
time for (a |) change
support (your|the|our) (local |) (labour|conservative|green|lib dem|party|team|candidate|candidates)
your (labour|conservative|green|lib dem|reform|plaid|snp|independent|tory)(|-run|-led) (council|team|councillors|administration)
thanks to the (labour|conservative|green|lib dem|reform|plaid|snp|tory)
only (labour|plaid|the greens|the conservatives|the lib dems|reform|the snp)
after (years|fourteen years|a decade|ten years) of
years of (neglect|failure|waste|decline|cuts|mismanagement)
safe (labour|conservative|tory) hands
unlike (some|them|the other|the last)
while (the|others|they) (tories|conservatives|labour|greens|lib dems|dithered|sneered|voted|talked)
blame (labour|the tories|reform|the greens|the conservatives|them)
