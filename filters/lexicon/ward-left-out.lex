# Says that a ward member is left out. ward-invitation
(left off the list|off the list|not included on this occasion|not on this occasion|not this time|on this occasion|no need to trouble|no need to invite)
(no need to copy|no need to tell|keep it small|keeping it small|just the two of us|just you|it'll just be you|just you and me)
(you're the only|the only councillor|only councillor on the list|kept the invitation to|we've only sent this to you|only sent this to you|sent to you only|manage without)
(can manage with|do without|i'd prefer that|no point in giving|a platform|only hog it|hog the|hog it)
(take it over|make a scene|make a speech|turn it into a|politicise|grandstand|grandstanding|stay at home)
(stay in bed|read about it|can see the write up|see the write-up|can start their own|have their own|best not to|thought it best not)
(thought best not|on balance i'd leave|won't be getting an invitation|no invitation from me|no letter to|not sort of person|called it a circus|the other party's)
(no tories|no labour|no greens|no lib dems|don't intend to|do not intend to|forgotten who the third|haven't a current address)
(haven't asked|haven't invited|haven't invite|haven't told|haven't bothered|haven't approached|haven't included|haven't asking|haven't inviting|haven't on the list)
(haven't copied|have not asked|have not invited|have not invite|have not told|have not bothered|have not approached|have not included|have not asking|have not inviting)
(have not on the list|have not copied|hasn't asked|hasn't invited|hasn't invite|hasn't told|hasn't bothered|hasn't approached|hasn't included|hasn't asking)
(hasn't inviting|hasn't on the list|hasn't copied|not asked|not invited|not invite|not told|not bothered|not approached|not included)
(not inviting|not on the list|not copied|not been asked|not been invited|not been invite|not been told|not been bothered|not been approached|not been included)
(not been asking|not been inviting|not been on the list|not been copied|hasn't been asked|hasn't been invited|hasn't been invite|hasn't been told|hasn't been bothered|hasn't been approached)
(hasn't been included|hasn't been asking|hasn't been inviting|hasn't been on the list|hasn't been copied|won't be asked|won't be invited|won't be invite|won't be told|won't be bothered)
(won't be approached|won't be included|won't be asking|won't be inviting|won't be on the list|won't be copied|isn't asked|isn't invited|isn't invite|isn't told)
(isn't bothered|isn't approached|isn't included|isn't asking|isn't inviting|isn't on the list|isn't copied|didn't asked|didn't invited|didn't invite)
(didn't told|didn't bothered|didn't approached|didn't included|didn't asking|didn't inviting|didn't on the list|didn't copied)
leave (him|her|them) (out|off)
left (him|her|them|the other two|the others) (out|off)
leaving (him|her|them|the other two|the others|the third) (out|off)
rather (he|she|they) (didn't|weren't|wasn't)
prefer (he|she|they) (didn't|weren't|wasn't)
giving (him|her|them) a platform
had (his|her|their) own meeting
has (his|her) own ideas
not in (his|her) diary
without (him|her|them|the other)
