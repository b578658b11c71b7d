# Family, friends, associates. favour-seeking, capacity-unclear, political-purpose
(a family member|family friend|a relative|a relation|close to me|close friend|known the family|i've known)
(went to school with|goes to our church|plays golf with|one of our members|branch member|party member|loyal supporter|long-standing supporter)
(paid-up member|helped us at the election|delivers for us|always been good to us|good to the group|does a lot for us)
(my|our) (wife|husband|partner|other half|better half|missus|fella|son|daughter|lad|lass|boy|girl|kids|children|grandson|granddaughter|grandchild|grandchildren|mother|mum|mam|mammy|ma|mom|father|dad|da|parents|brother|sister|wee brother|wee sister|in-laws|mother-in-law|father-in-law|brother-in-law|brother in law|sister-in-law|sister in law|son-in-law|son in law|daughter-in-law|daughter in law|nephew|niece)
(my|our) (cousin|aunt|auntie|aunty|uncle|nan|nana|nanna|nain|taid|gran|granny|grandad|grandpa|granda|grandfather|grandmother|godson|goddaughter|goddaughter's|best man|best mate|mate|pal|friend|good friend|old friend|dear friend|best friend|neighbour|next door|business partner|golf partner|girlfriend|boyfriend|ex|ex-wife|flatmate|lodger|accountant|agent|solicitor friend|cleaner|gardener|family|driver|builder)
(friend|mate|pal|old friend|friends|cousin|relative|relation|nephew|niece|colleague|supporter|donor|backer|party member) of (mine|ours|my|the family|my wife's|my husband's|the leader|the mayor|the group|the branch)
known (him|her|them) (for|since|all)
(her|his) (boy|girl|lad|lass|son|daughter)
