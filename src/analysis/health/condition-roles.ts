/**
 * What a condition of a type means by its name. `main` sums the others up: where it is there, `part` ones are not asked. A `gate` must be
 * true besides; `bad`, `partly`, `busy` and `paused` tell by being true.
 */
export type ConditionRole = 'main' | 'gate' | 'part' | 'bad' | 'partly' | 'busy' | 'paused' | undefined;

const main = new Set(['ready', 'available', 'healthy', 'succeeded', 'successful', 'complete', 'completed']);

const gates = new Set(
	'synced established accepted programmed valid admitted promoted installed deployed resolvedrefs namesaccepted approved issued'.split(' '),
);

const roles: readonly (readonly [RegExp, ConditionRole])[] = [
	[/^partially|^partly/, 'partly'],
	[/^(not|un|in)(ready|healthy|available|valid|synced|reachable)/, 'bad'],
	[/^failed|erroroccurred$|^no[a-z]+(matched|found)$/, 'bad'],
	[
		/(fail(ed|ure)|errors?|degraded|(?<!in)stalled|orphan(ed)?|pressure|conflict(ed)?|unavailable|mismatch|violation|violated|fallback|expired|exceeded|rejected|unhealthy|nonstructuralschema|dangling|missing|denied|blocked|lost|broken|crashed|terminal)$/,
		'bad',
	],
	[
		/(reconciling|progressing|inprogress|updating|upgrading|creating|provisioning|rolling(update)?|deploying|initializing|pending|terminating|deleting|scaling|migrating|restoring|issuing|renewing|restarting|resizing|expanding|draining|installing|stopping|starting|attaching|detaching|syncing|building|importing|exporting|copying|cloning|promoting|bootstrapping)$/,
		'busy',
	],
	[/(paused|suspended|hibernated|stopped)$/, 'paused'],
	[
		/(ready|available|healthy|synced|synchroni[sz]ed|applied|completed?|succeeded|success|accepted|deployed|reconciled|uptodate|generated|validated|verified|provisioned|provided|configured|initiali[sz]ed)$/,
		'part',
	],
];

/** `platform.example/app-ready` → `appready`: types are compared without the domain, case and dashes. */
const plainType = (type: string) =>
	type
		.slice(type.lastIndexOf('/') + 1)
		.toLowerCase()
		.replace(/[^a-z]/g, '');

/** What a condition says of its object, by its type; undefined for a type that is not known. */
export function roleOf(type: string): ConditionRole {
	const plain = plainType(type);
	if (main.has(plain)) return 'main';
	return gates.has(plain) ? 'gate' : roles.find(([pattern]) => pattern.test(plain))?.[1];
}
