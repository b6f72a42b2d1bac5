/** Verbs that an English order begins with, in their base form. */
const imperatives: ReadonlySet<string> = new Set(
	`abort activate adapt add adjust align allow alter amend annotate apply assign attach autoscale back balance ban begin bind bin block boost boot bounce bring build bump cancel canary cap
	carry change claim clean clear clone close configure connect continue copy cordon correct create curb cut cycle deactivate decrease define delete demote deny deploy destroy detach
	dial direct disable ditch do double downgrade duplicate drain drop dump edit eliminate empty enable enlarge enforce ensure erase evacuate evict exclude execute expand expire expose extend
	fence fire fix flag flip flush force forbid free freeze generate get give go grant grow guard halt halve hand have heal hold hook increase init initiate inject install isolate keep kick
	kill knock label launch leave let lift limit link lock loosen lower make mark mend migrate mirror modify mount move narrow nuke offboard open opt order park patch pause pin place point pop prevent promote protect
	provision prune publish pull purge push put quadruple quit raise ramp re-enable reactivate reboot rebuild recover recycle redeploy redirect reduce reenable reinstate relabel
	relaunch relax release relocate remove rename repair replace reschedule reset resize resolve restart restore restrict resume retag retire retract return reverse revert
	revive revoke rework rewind rewire rip roll rollback rotate route run scale schedule scrap secure send serve set shave shift ship shorten shove shrink shut shutdown silence skip slim
	slow snapshot solve sort spawn speed spin split spread stand start stop store strip supply suspend swap switch sync tag taint take taper target tear terminate throttle throw tighten tolerate top
	transfer trash treat trigger trim triple try tune turn unblock uncap uncordon undeploy undo uninstall unlabel unlock unmark unpause un-pause unpause unfreeze un-suspend unset unsuspend untag up update upgrade use
	wake wind wipe wire withdraw write zap`.split(/\s+/),
);

/** Verbs of orders that only ask to be told or shown something. */
const looking: ReadonlySet<string> = new Set(
	`tell show list print display describe explain find check look see count compare grep search fetch view tail inspect enumerate investigate summarise summarize say
	remind clarify help advise suggest recommend estimate predict report confirm verify know understand read watch diagnose examine analyse analyze review guess walk`.split(
		/\s+/,
	),
);

export const isImperative = (word: string): boolean => imperatives.has(word);

const firstWords = (part: string) => part.split(/\s+/, 2).map(word => word.replace(/^[("'_]+|[.,;:!?)"'_]+$/g, ''));

/** Behind a noun of the same form: `the restart failed`, `scale is fine`, `drop in traffic`. */
const behindNoun = new Set(
	`is are was were has had have will would failed fails worked works went goes broke breaks took takes came happened happens keeps seems looks did does didn't
	freeze window request requests management process log history doesn't isn't wasn't won't can't of caused causes needs finished helped helps`.split(
		/\s+/,
	),
);
/** `do we need …`, `have they …`: asked, not ordered. */
const inverted =
	/^(?:do|have|may|need) (?:i|we|you|they|he|she|it|the|any|anyone|anybody|someone|somebody|not)\b|^do (?!an?\b|that\b|this\b|rolling\b|nothing\b|so\b|what|please\b)[\w.-]+ (?:and|or|still|both|all|really|have|run|use|share|listen|exist)\b|^do (?!it$|that$|this$|so$)[\w.-]+$/;
/** `top 3 workloads by cpu` */
const counting = /^top (?:\d|one|two|three|four|five|ten)\b/;

/** `have it as a secret`, `have them at 3`: how something is to be. */
const hasDone =
	/^have (?:it|them|the [\w-]+) (?:as|at|on|in|to|with|run|use|listen|point|select|reach|serve|match|scale|be|start|removed|restarted|deleted|set|scaled|moved|under|inside)\b/;

/** Whether a part begins with a verb that says what to do. */
export function beginsWithVerb(part: string): boolean {
	const [first = '', second = ''] = firstWords(part);
	return imperatives.has(first) && !behindNoun.has(second) && !counting.test(part) && (!inverted.test(part) || hasDone.test(part));
}

/** Whether it begins with a verb that only asks to be told or shown something. */
export function beginsWithLook(part: string): boolean {
	const [first = '', second = ''] = firstWords(part);
	// `search to 3`: a name that is also a verb.
	// `search memory limit 6Gi`, `search currently runs 2`: who looks for something says `for` or an article.
	if (first === 'search' && !/^(?:the|for|in|through|all|my|our|every|across|inside|logs?|and|that|its)$/.test(second)) return false;
	return (
		looking.has(first) &&
		!(second === '' && /^(?:search|tail|watch|check|find|review|report|scan)$/.test(first)) &&
		!/^(?:team|wants?|to|at|from|is|are|should|must|needs?|gets?|up|down|replicas?|pods?|image|v?\d[\w.]*)$/.test(second)
	);
}

const verbOf = (stem: string) => [stem, `${stem}e`, stem.replace(/(.)\1$/, '$1')].find(verb => imperatives.has(verb));

/** `scaling` → `scale`; undefined for what is no such form. */
export const imperativeOf = (gerund: string): string | undefined => verbOf(/^(\w+?)ing$/.exec(gerund.toLowerCase())?.[1] ?? '');

/** `restarting web` */
export const beginsWithGerund = (part: string): boolean => verbOf(/^(\w+?)ing\b/.exec(part)?.[1] ?? '') !== undefined;

/** `if you scaled web`: the form of a polite wish. */
export const beginsWithPast = (part: string): boolean => verbOf(/^(\w+?)ed\b/.exec(part)?.[1] ?? '') !== undefined;
