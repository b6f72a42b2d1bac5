import type {Finding} from '../../core/finding.ts';
import {refText} from '../../core/kube/kube-object.ts';
import type {Risk} from '../../core/plan.ts';
import {count} from '../../core/text/count.ts';
import type {Tone} from '../../core/text/styled.ts';
import {sortedFindings} from '../findings/finding-lines.ts';

/** What is known of a part of the overview. Reading takes time, and can fail without the rest. */
type Part<Row> = {readonly state: 'reading'} | {readonly state: 'known'; readonly rows: readonly Row[]} | Failed;

/** Why it is not known, and what to do. */
type Failed = {readonly state: 'failed'; readonly why: string};

type Health = 'good' | 'warning' | 'bad' | 'unknown';

/** The overview as data. Times are ISO 8601, UTC; texts are one line each and say what a mark says. */
export type Home = {
	readonly contexts:
		| Exclude<
				Part<{
					readonly name: string;
					readonly isShown: boolean;
					readonly health: Health;
					readonly text: string;
					readonly isReading?: boolean | undefined;
				}>,
				Failed
		  >
		| (Failed & {readonly offersSandbox?: boolean | undefined});
	/** `name` as commands take it; `startedAt` is empty where nobody told. */
	readonly rollouts: Part<{
		readonly namespace: string;
		readonly name: string;
		readonly text: string;
		readonly state: string;
		readonly startedAt: string;
	}>;
	readonly waiting: Part<{readonly id: string; readonly summary: string; readonly risk: Risk['level']; readonly savedAt: string}>;
	readonly changes: Part<{readonly id: string; readonly summary: string; readonly end: string; readonly startedAt: string}>;
	readonly findings: Part<Finding>;
};

/** Whether some part of it was not read yet. */
export const isReading = (home: Home): boolean =>
	Object.values(home).some(
		part => part.state === 'reading' || (part.state === 'known' && part.rows.some(row => 'isReading' in row && row.isReading)),
	);

/** What the person opens. */
export type HomeAct =
	/** Looks at another cluster. */
	| {readonly kind: 'context'; readonly name: string}
	| {readonly kind: 'sandbox'}
	| {readonly kind: 'rollout'; readonly namespace: string; readonly name: string}
	| {readonly kind: 'waiting' | 'change'; readonly id: string}
	| {readonly kind: 'finding'; readonly finding: Finding}
	| {readonly kind: 'go'; readonly to: 'chat' | 'findings' | 'history'};

/** One line of the overview. */
export type HomeRow = {
	readonly section: string;
	readonly mark: readonly [string, Tone];
	readonly text: string;
	/** To the right, where there is room. */
	readonly remark: string;
	/** ISO 8601; told as an age. */
	readonly since?: string | undefined;
	/** The command that leads on, where no key does. */
	readonly next?: string | undefined;
	readonly act?: HomeAct | undefined;
};

const healthMarks: {readonly [health in Health]: readonly [string, Tone]} = {
	good: ['✓', 'good'],
	warning: ['!', 'warn'],
	bad: ['✗', 'bad'],
	unknown: ['-', 'dim'],
};

const riskMarks = {low: ['-', 'plain'], medium: ['!', 'warn'], high: ['✗', 'bad']} as const;

/** The rows of a part, or one that says why there is none. */
function partRows<Item>(
	section: string,
	part: Part<Item>,
	none: string,
	rowOf: (item: Item) => Omit<HomeRow, 'section'>,
): readonly HomeRow[] {
	const said = (text: string, mark: readonly [string, Tone] = ['-', 'dim']): readonly HomeRow[] => [{section, mark, text, remark: ''}];
	if (part.state === 'reading') return said('Reading…');
	if (part.state === 'failed') return said(part.why, ['!', 'warn']);
	return part.rows.length === 0 ? said(none) : part.rows.map(item => ({section, ...rowOf(item)}));
}

const contextRows = ({contexts}: Home): readonly HomeRow[] => [
	...partRows('Clusters', contexts, 'The kubeconfig names no context: mkcoa --sandbox shop k8s list pods tries one', each => ({
		mark: healthMarks[each.health],
		text: `${each.name}: ${each.text}`,
		remark: each.isShown ? 'shown' : '',
		act: each.isShown ? {kind: 'go', to: 'findings'} : {kind: 'context', name: each.name},
		next: each.isShown ? undefined : `mkcoa --context ${each.name}`,
	})),
	...(contexts.state === 'failed' && contexts.offersSandbox === true ? [sandboxRow] : []),
];

const sandboxRow: HomeRow = {
	section: 'Clusters',
	mark: ['~', 'accent'],
	text: 'An embedded cluster to try everything on; Enter opens it',
	remark: '',
	act: {kind: 'sandbox'},
	next: 'mkcoa --sandbox',
};

const rolloutRows = ({rollouts}: Home) =>
	partRows('Rollouts', rollouts, 'No rollout is running', each => ({
		mark: ['~', 'accent'],
		text: each.text,
		remark: each.state,
		since: each.startedAt === '' ? undefined : each.startedAt,
		act: {kind: 'rollout', namespace: each.namespace, name: each.name},
		next: `mkcoa deploy status ${each.name} -n ${each.namespace}`,
	}));

const waitingRows = ({waiting}: Home) =>
	partRows('Plans that wait for you', waiting, 'No plan waits for you', each => ({
		mark: riskMarks[each.risk],
		text: each.summary,
		remark: `${each.risk} risk`,
		since: each.savedAt,
		act: {kind: 'waiting', id: each.id},
		next: `mkcoa approve ${each.id}`,
	}));

const changeRows = ({changes}: Home) =>
	partRows('Last changes', changes, 'Nothing was changed yet', each => ({
		mark: each.end === 'done' ? ['✓', 'good'] : each.end === 'undone' ? ['-', 'dim'] : ['!', 'warn'],
		text: each.summary,
		remark: each.end,
		since: each.startedAt,
		act: {kind: 'change', id: each.id},
		next: each.end === 'done' ? `mkcoa undo ${each.id}` : `mkcoa history ${each.id}`,
	}));

/** More of them are on the screen of findings. */
const mostFindings = 5;

function findingRows({findings}: Home): readonly HomeRow[] {
	const failing = findings.state === 'known' ? findings.rows.filter(({status}) => status === 'fail') : [];
	const first = sortedFindings(failing, 0).slice(0, mostFindings);
	const part = findings.state === 'known' ? {...findings, rows: first} : findings;
	const rows = partRows('Findings', part, 'Nothing is found wrong; f tells what was not looked at', findingRow);
	const rest = failing.length - first.length;
	return rest === 0 ? rows : [...rows, moreFindings(rest)];
}

const findingRow = (finding: Finding): Omit<HomeRow, 'section'> => ({
	mark: finding.severity === 'critical' || finding.severity === 'high' ? ['✗', 'bad'] : ['!', 'warn'],
	text: causeAt(finding),
	remark: finding.severity,
	act: {kind: 'finding', finding},
});

/** The cause and where it is, unless it says so itself. */
function causeAt({resource, cause}: Finding): string {
	const place = resource === undefined ? '' : refText(resource);
	return place === '' || cause.includes(place) ? cause : `${place}: ${cause}`;
}

const moreFindings = (rest: number): HomeRow => ({
	section: 'Findings',
	mark: ['-', 'plain'],
	text: `${count(rest, 'more finding')}: f lists all`,
	remark: '',
	act: {kind: 'go', to: 'findings'},
});

/** All rows of the overview, part by part. */
export const homeRows = (home: Home): readonly HomeRow[] => [
	...contextRows(home),
	...rolloutRows(home),
	...waitingRows(home),
	...findingRows(home),
	...changeRows(home),
];
