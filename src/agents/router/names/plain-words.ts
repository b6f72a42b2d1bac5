/** Words of requests that are never a misspelt name. A name that equals one of them is found all the same. */
export const plainWords = new Set(
	`about above after again allow allowed alone also always another apply around away back base because been before behind below beside between both bring bump call called
	cannot cause change changed check class clean clear come command config container containers copy core cores could count cordon create cron current data database date dates daily
	delete deny depend deploy describe desired does doing done double down drain drop each edit else ever every everything exists expand expose fails failed failing fast
	faster feature fetch file first five fixed follow four free from full gets getting give goes going good grow half have having healthy help here high host hour hours
	image images into issue just keep keeps kill know label labels large last latest leave less level like limit limits line lines list live load logs long longer look
	lower made make many mark maybe memory might minute minutes more most mount move much must name named need needs never newest next night node nodes nothing number
	once only open other over owner path pause pending people ping please point policy port ports print problem pull push put quota raise rather reach read ready reason
	recent remove replica replicas request requests resize restart restarts resume right role roll rolling rollback route run running runs same scale schedule second
	seconds secret send service services set setting should show side since single size slow some something space start started state status step still stop stopped storage
	stuck suspend switch take tell text than that them then there these they thing this those three through time times today together track trace traffic turn type undo until update
	upgrade usage used user users uses using value variable verbs version very volume volumes wait want warn warnings week were what when where which while whole whose
	will with without work working workload workloads works would write wrong year your zero`.split(/\s+/),
);
