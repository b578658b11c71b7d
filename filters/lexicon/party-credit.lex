# Credit given to, or blame laid on, those in or out of power, in the words of publicity. party-publicity
(thanks|thank you|thank u|massive thank you|brought to you|delivered|built|saved|won|funded|paid for|made possible|promised|promised to you|secured|restored|given|kept open|protected) (to you |) (to|by) (your|the|a|our|local|labour|conservatives|conservative|tories|lib dems|liberal democrats|greens|green|reform|snp|plaid|dup|sinn féin|sdlp|uup|alliance|independents|only|this administration)
(labour|conservatives|conservative|tories|tory|lib dems|lib dem|liberal democrats|liberal democrat|greens|green|reform|reform uk|snp|plaid|dup|sinn féin|sdlp|uup|alliance|independents|the other lot|that lot|the other shower|the last lot|previous administration|former administration|the administration|this administration|the other parties|other parties|opposition|the parties opposite|the old lot|the people who used to run) (let|left|cut|shut|sold|closed|blocked|voted|froze|sneered|squabble|squabbled|wasted|neglected|neglect|wrecked|ruined|delivered|delivers|saved|built|got|gave|has put|have put|put|putting|brought|kept|keep|keeping|fixed|fixing|will keep|would have|wants|want|want to|was|were|never|squandered|took|who|and their|councillors are|is putting|are giving|protects|protected|cares|fights|fighting|started|did|didn't|amendment|cuts|councillors|team|administration|council that|cabinet|group)
(under|since|after|despite|in spite of|blame|only|unlike) (the |) (conservatives|conservative|tories|tory|labour|lib dems|lib dem|liberal democrats|greens|green group|reform|snp|plaid|dup|sinn féin|independents|last lot|other lot|previous administration|former administration)
(vote|voted|voting|votes) (for|green|labour|conservative|tory|lib dem|liberal democrat|reform|snp|plaid|for more of it|it down|against|better|them out|accordingly)
(remember|bear|think) (that|this|these|it|them|in mind|hard|about) (when|next|who|in mind|on|at the|as you) (you're next|you are next|thursday|polling|they come|you vote|you lend|you next|in a polling|at the ballot|polling day|you)
(who to thank|who to blame|know who to thank|ask them where they were|those responsible|draw their own conclusions|draw your own conclusions|sent them packing|finish them off|lend your pencil|your next vote|next asked for your vote|ballot box|polling booth|the other lot|other shower|us and them|under new management|turn people against|see who to thank|corporate blue|in blue|in red|a rose|the sunflower|gold diamond|party colours|our colours|the rosette|blue rosette|red rosette)
(your|a|our) (labour|conservative|tory|lib dem|liberal democrat|green|reform|snp|plaid|independent|dup|sdlp) (council|councillors|team|administration|town|borough|cabinet|town hall)
(years|decade|decades) of (tory|labour|conservative|lib dem|liberal democrat|snp|green|plaid|reform|) (neglect|waste|cuts|misrule|failure|chaos|rule|dithering)
(trust|trusting|only|still|proud to be|to the marrow|always) (labour|conservative|tory|lib dem|green|reform|snp|plaid)
(labour|conservative|tory|lib dem|green|reform|snp|plaid) (to the marrow|through and through|and proud|for you|at its best|values|promise|promises|pledge|manifesto)
(our|the group's|their) manifesto (that|which|promise|promised|kept|pledge)
(one lot|this lot|their lot|that mob|maggie's mob|purple lot|turquoise lot|blue lot|red lot|yellow lot|other crowd|the last crowd|the former regime|the old regime|party of the rich|one party|certain party|our side|for our side|our friends opposite|those opposite|across the chamber voted|through the lobby)
(know who|i know who|who'd|who would) (have my cross|gets my vote|get my vote|has my vote|your friends are|to thank|i'll be voting|to blame)
(in|at) the (booth|polling booth|ballot box|polls)
(government|ministers|westminster|whitehall|holyrood|the senedd|mps|local mps) (took|has turned|have turned|cut|cuts|of one party|let|robbed|starved|slashed|don't care|has abandoned|turned its back)
(sent packing|pat on the back to all who|pounded the pavements|held to a handful|good night for|what a night|teal army|ring road come may|come may|next time they knock|come knocking|come smiling|bear it in mind when|a snowman in a red|single-stem rose|confident red|blue ribbon|how let down do you feel|which group has done most|that's labour for you|that's the tories for you|well done to the)
# Credit to those who run it, in the words of a leaflet
(your|our|this|this new|the new) (labour|conservative|tory|lib dem|liberal democrat|green|reform|reform uk|snp)(-led|-run|-controlled| led| run| controlled) (council|councillors|administration|cabinet|team|town hall|borough|city|district|county|executive|authority)
(your|our|this|this new|the new) (plaid|independent|ulster unionist|democratic unionist|sinn féin|sdlp|alliance|dup)(-led|-run|-controlled| led| run| controlled) (council|councillors|administration|cabinet|team|town hall|borough|city|district|county|executive|authority)
(this|this new|the new) (labour|conservative|tory|lib dem|liberal democrat|green|reform|reform uk|snp|plaid|independent|ulster unionist|democratic unionist|sinn féin|sdlp|alliance|dup) (council|councillors|administration|cabinet|team|town hall|borough|city|district|county|executive|authority)
your (labour|conservative|tory|lib dem|liberal democrat|green|reform|reform uk|snp|plaid|independent|ulster unionist|democratic unionist|sinn féin|sdlp|alliance|dup) (city|district|county|executive|authority)
your (reform uk|ulster unionist|democratic unionist|sinn féin|alliance) council
your (reform uk|ulster unionist|democratic unionist|sinn féin|alliance) councillors
your (reform uk|ulster unionist|democratic unionist|sinn féin|alliance) administration
your (reform uk|ulster unionist|democratic unionist|sinn féin|alliance) cabinet
your (reform uk|ulster unionist|democratic unionist|sinn féin|alliance) team
your (reform uk|ulster unionist|democratic unionist|sinn féin|alliance) town hall
your (reform uk|ulster unionist|democratic unionist|sinn féin|alliance) borough
our (labour|conservative|tory|lib dem|liberal democrat|green|reform|reform uk|snp|plaid|independent|ulster unionist|democratic unionist|sinn féin|sdlp|alliance|dup) (city|district|county|executive|authority)
our (reform uk|ulster unionist|democratic unionist|sinn féin|alliance) council
our (reform uk|ulster unionist|democratic unionist|sinn féin|alliance) councillors
our (reform uk|ulster unionist|democratic unionist|sinn féin|alliance) administration
our (reform uk|ulster unionist|democratic unionist|sinn féin|alliance) cabinet
our (reform uk|ulster unionist|democratic unionist|sinn féin|alliance) team
our (reform uk|ulster unionist|democratic unionist|sinn féin|alliance) town hall
our (reform uk|ulster unionist|democratic unionist|sinn féin|alliance) borough
(the|your|this|our) (labour|conservative|tory|lib dem|liberal democrat|green|snp|plaid) (group|councillors|team|administration|cabinet|members|side) (that|who|which|on your council|on the council|listened|made|did|would like to thank|is proud|are proud)
(the|your|this|our) (independent|ulster unionist|unionist|sinn féin|sdlp|alliance|dup|reform) (group|councillors|team|administration|cabinet|members|side) (that|who|which|on your council|on the council|listened|made|did|would like to thank|is proud|are proud)
(the|your|this|our) (labour|conservative|tory|lib dem|liberal democrat|green|snp|plaid|independent|ulster unionist|unionist|sinn féin|sdlp|alliance|dup|reform) (group|councillors|team|administration|cabinet|members|side) (are delighted|has|have|will|won|fought|saved|stood|chose|voted|put)
(it was|it is|it's|this is) (the |) (labour|conservatives|conservative|tories|lib dems|liberal democrats|liberal democrat|greens|green|snp|plaid) (that|who|group|council|councillors|for you|way|party|administration|at work|difference|doing|delivering)
(it was|it is|it's|this is) (the |) (reform|independents|dup|sdlp|sinn féin|alliance|unionist|ulster unionist|unionists|administration|leadership) (that|who|group|council|councillors|for you|way|party|administration|at work|difference|doing|delivering)
that's (the |) (labour|conservatives|conservative|tories|lib dems|liberal democrats|liberal democrat|greens|green|snp|plaid) (that|who|group|council|councillors|way|party|administration|at work|difference|doing|delivering)
that's (the |) (reform|independents|dup|sdlp|sinn féin|alliance|unionist|ulster unionist|unionists|administration|leadership) (that|who|group|council|councillors|way|party|administration|at work|difference|doing|delivering)
that's the (labour|conservatives|conservative|lib dems|liberal democrats|liberal democrat|greens|green|snp|plaid|reform|independents|dup|sdlp|sinn féin|alliance|unionist|ulster unionist|unionists|administration|leadership) for you
that's (conservatives|conservative|tories|lib dems|liberal democrats|liberal democrat|greens|green|snp|plaid|reform|independents|dup|sdlp|sinn féin|alliance|unionist|ulster unionist|unionists|administration|leadership) for you
(labour|the tories|tories|conservatives|the conservatives|lib dems|the lib dems|greens|the greens|snp|the snp) (promised|listened|acted|invested|invests|stood up|stands up|chose|rebuilt|reopened|restored|kept its word|kept their word|kept its promise|kept their promise)
(plaid|reform|independents|the independents|your administration|this administration|the administration|our administration|your council's leadership|our side) (promised|listened|acted|invested|invests|stood up|stands up|chose|rebuilt|reopened|restored|kept its word|kept their word|kept its promise|kept their promise)
(labour|the tories|tories|conservatives|the conservatives|lib dems|the lib dems|greens|the greens|snp|the snp) (put you first|puts you first|made it happen|got it done|gets it done|gets things done|working for you|works for you|on your side|got there|turned it round|turned it around|cleaned up|scrapped|found the money)
(plaid|reform|independents|the independents|your administration|this administration|the administration|our administration|your council's leadership|our side) (put you first|puts you first|made it happen|got it done|gets it done|gets things done|working for you|works for you)
(plaid|reform|independents|the independents|your administration|this administration|the administration|our administration|your council's leadership|our side) (on your side|got there|turned it round|turned it around|cleaned up|scrapped|found the money)
(the tories|the conservatives|the lib dems|the greens|the snp|the independents|your administration|our administration|your council's leadership|our side) delivered
(the tories|the conservatives|the lib dems|the greens|the snp|the independents|your administration|our administration|your council's leadership|our side) cares
(the tories|the conservatives|the lib dems|the greens|the snp|the independents|your administration|our administration|your council's leadership|our side) protected
(the tories|the conservatives|the lib dems|the greens|the snp|the independents|your administration|our administration|your council's leadership|our side) protects
(the tories|the conservatives|the lib dems|the greens|the snp|the independents|your administration|our administration|your council's leadership|our side) fixed
(the tories|the conservatives|the lib dems|the greens|the snp|the independents|your administration|our administration|your council's leadership|our side) froze
(you asked|you said|you voted|you called|you wanted it|residents asked|people asked|you told us|you spoke) (and |) (labour|we|the conservatives|the lib dems|the greens|the snp) (delivered|did|listened|acted|built|fixed|answered|kept|got|have|came)
(you asked|you said|you voted|you called|you wanted it|residents asked|people asked|you told us|you spoke) (and |) (plaid|reform|the administration|your councillors|your administration|the group) (delivered|did|listened|acted|built|fixed|answered|kept|got|have|came)
(protecting|delivering|fighting|working|standing up|building|investing|speaking up|always here|here) for (you|the many|our town|this town|our city|this city|our county|working people|local people|ordinary people|hard-working families|hardworking families|families like yours|people like you)
(in safe labour hands|still yours|strong and stable|promises made promises kept|promise made promise kept|working together to)
(working all year round|all year round not just|not just at election time|putting people first|putting residents first)
(putting you first|for the many|for the many not the few|on the side of|on our side|on your side|backing you|your champions)
(people's champions|our champions|protects what matters|protect what matters|difficult choices|tough choices|the choice is)
(clear choice|simple choice|a choice between|stay the course|finish the job|let us finish the job|so much more to do|more to come if)
(don't let them|don't risk it|don't risk|stick with us|if you stick with us|sticking with us|keep us in|keep it going|keep going with)
(there'll be two more|there will be more if|thanks to the leadership|thanks to strong leadership|strong leadership|bold leadership)
(visionary leadership|fresh leadership|under new leadership|since we took over|since we took control|since we came in)
(since we were elected|since you elected us|since you elected|since taking control|since taking office|ever since we|when we took over)
(when we came in|when they ran|when they were in charge|when they were in power|when they had the chance|when they had control)
(when the other lot|when others were|when others wanted|while others called|while others called for|while others talked|others talked)
(others called for|others would have|others wanted|the others voted|all the others|everybody else voted|every one of them voted)
(the only ones who|only one party|only one group|the only group|the only party|the only councillors|just one party|one party that)
(one group on the council|which party|which group|which side|whose side|the party that|the party who|the group that|the group who)
(the people who closed|the people who shut|the people who cut|the people who sold|the same people who|those who voted|those who would)
(those who shut|those who sold|the very people|the benches opposite|gentlemen opposite|party opposite)
# Blame
(years|decade|decades|fourteen years|four years|ten years|twelve years|a generation|a lifetime) of (underinvestment by|under-investment by|broken promises|austerity|mismanagement|incompetence|decline|decay|drift|dither|delay)
(years|decade|decades|fourteen years|four years|ten years|twelve years|a generation|a lifetime) of (disaster|shambles|dead hand|one-party rule|one party rule|stagnation|vandalism|penny-pinching|excuses|ruin|rot)
(fourteen years|four years|ten years|twelve years|a generation|a lifetime) of dithering
(inherited|inheriting|left with|clearing up|cleaning up|cleared up|mopping up|sorting out|picking up|repairing|undoing|put right|putting right|fixing) (the|a|their|this|that|his|what) (mess|black hole|shambles|wreckage|ruin|ruins|damage|pieces|legacy|bill|chaos|they left|was left|disaster|debts|neglect)
(the opposition|our opponents|the other side|the last administration|the previous administration|the old council|certain parties|some parties|one party) (lied|closed|shut|sold|flogged|cut|scrapped|blocked|voted against|opposed|sneered)
(the opposition|our opponents|the other side|the last administration|the previous administration|the old council|certain parties|some parties|one party) (laughed|dithered|wanted to|would have|would close|would shut|would sell|would cut|would scrap|left you)
(the opposition|our opponents|the other side|the last administration|the previous administration|the old council|certain parties|some parties|one party) (left us|let you down|let us down|let it rot|ran it into|broke their|broke its|forgot|ignored|did nothing)
(the opposition|our opponents|the other side|the last administration|the previous administration|the old council|certain parties|some parties|one party) (talked|couldn't run|could not run|don't care|couldn't care|never cared|wasted|squandered|blew|bankrupted)
the other lot (lied|flogged|scrapped|voted against|opposed|laughed|dithered|wanted to|would close|would shut|would sell|would cut|would scrap|left you|left us|let you down)
the other lot (let us down|let it rot|ran it into|broke their|broke its|forgot|ignored|did nothing|talked|couldn't run|could not run|don't care|couldn't care|never cared|blew|bankrupted)
that lot (lied|flogged|scrapped|voted against|opposed|laughed|dithered|wanted to|would close|would shut|would sell|would cut|would scrap|left you|left us|let you down)
that lot (let us down|let it rot|ran it into|broke their|broke its|forgot|ignored|did nothing|talked|couldn't run|could not run|don't care|couldn't care|never cared|blew|bankrupted)
the last lot (lied|flogged|scrapped|voted against|opposed|laughed|dithered|wanted to|would close|would shut|would sell|would cut|would scrap|left you|left us|let you down)
the last lot (let us down|let it rot|ran it into|broke their|broke its|forgot|ignored|did nothing|talked|couldn't run|could not run|don't care|couldn't care|never cared|blew|bankrupted)
(nest of|shower of|pack of liars|charlatans|chaos party|coalition of chaos|vanity project|vanity tram|gravy train|fat cats)
(snouts in the trough|champagne socialists|loony left|loony|lefty|woke|woke nonsense|net zero nonsense|hard left|far right|toffs|spivs)
(millionaires|party of landlords|party of the|for the rich|tax and spend|hand in your pocket|hands in your pocket)
(hands in your pockets|dirty laundry|broken promise|hall of shame|roll of shame|blame lies|blame rests|blame it on|don't blame us)
(dead parrot|pig noses|blue ties|red ties|yellow bird|lib dem bird|the thistle|red scarf|yellow rosette|a rosette|red rose)
(oak tree logo|in our colours|in party colours|party colour|blue and yellow|blue background|all in red|all in blue|all in yellow)
(make it red|make it blue|make it green|turn it blue|turn it red|going green in may|turned blue|turned red|flag of st george|turquoise)
(the turquoise|bloody nose|trounced|wiped out|wiped the floor|hammered at the polls|turfed out|voted out|third lot|new broom)
(seats held|seats gained|we held|we gained|held the seat|gained the seat|held the ward|gained the ward|famous victory|great victory)
(landslide|what a result|back in power|back in charge|back in office|still in charge|still in control|another four years)
four more years
# Votes
(lend|give|loan|trust) (us|them|him|her|me|your councillor|the group|labour|the conservatives|the greens|the lib dems|the snp|plaid|reform) (your|a|with your|another) (vote|pencil|cross|support|chance|first preference|second preference|x|voice|trust)
(think hard|think twice|think carefully|reflect|bear in mind|don't forget|ask yourself|ask yourselves|consider) about (who|whom|which party|which lot|what they|when you vote|when you're voting|on the 7th|on 7 may|in may)
(think hard|think twice|think carefully|reflect|bear in mind|don't forget|ask yourself|ask yourselves|consider) about (on polling day|on thursday|before you vote|before voting|before lending|at the polls|come may|next may|come thursday)
think about (who|whom|which party|which lot|what they|when you're voting|on the 7th|on 7 may|in may|before you vote|before voting|before lending|at the polls|come may|next may|come thursday)
remember about (who|whom|which party|which lot|what they|when you're voting|on the 7th|on 7 may|in may|before you vote|before voting|before lending|at the polls|come may|next may|come thursday)
(think|think twice|think carefully|remember|reflect|don't forget|ask yourself|ask yourselves|consider) (who|whom|which party|which lot|what they|when you vote|when you're voting|on the 7th|on 7 may|in may)
(think|think twice|think carefully|remember|reflect|don't forget|ask yourself|ask yourselves|consider) (on polling day|on thursday|before you vote|before voting|before lending|at the polls|come may|next may|come thursday)
think hard (who|whom|which party|which lot|what they|when you're voting|on the 7th|on 7 may|in may|before you vote|before voting|before lending|at the polls|come may|next may|come thursday)
bear in mind (who|whom|which party|which lot|what they|when you're voting|on the 7th|on 7 may|in may|before you vote|before voting|before lending|at the polls|come may|next may|come thursday)
(you know who|you know what to do|you know where your|you know who your friends are|you have tried|you've tried|have tried red)
(time for a change|time for something|there is an alternative|there's an alternative|only alternative|real alternative|real change)
(change is coming|change is here|winning here|winning team|can't win here|cannot win here|two-horse race|two horse race|wasted vote)
(tactical vote|every vote|every vote counts|your vote counts|first preference|second preference|vote one|vote no 1|vote early)
(vote often|put an x|put your x|an x in the box|x marks|stubby pencil|on the ballot paper|count their spoons|thinking of voting)
(thinking of lending|how let down|most for your area|done most for|done the most for|best for the town|best for your)
(lowest council tax|lowest tax)
