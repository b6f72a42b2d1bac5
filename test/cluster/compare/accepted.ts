/** A difference that is known and not worth imitating. The report shows them, and they do not count. */
export type Accepted = {
	readonly row: string | RegExp;
	readonly path: RegExp;
	/** Where the two texts may part; up to there they must agree. Left out, anything may differ. */
	readonly from?: RegExp;
	readonly reason: string;
};

const goStructures = 'the message goes on with the Go structure of the object, every field that is nil included; nobody reads it';

const builtElsewhere = 'names the compiler, the commit and the day of a build; the embedded cluster is no build of that program';
const columnWords = 'the words that explain a column, which kubectl never shows; the embedded cluster has them for few columns';

export const accepted: readonly Accepted[] = [
	{row: 'immutable pod', path: /\bmessage$/, from: /\n/, reason: goStructures},
	{row: 'job template is immutable', path: /\bmessage$/, from: /Invalid value: /, reason: goStructures},
	{row: 'version', path: /^body\.(gitCommit|gitTreeState|buildDate|goVersion|compiler)$/, reason: builtElsewhere},
	{row: /./, path: /\bcolumnDefinitions\.\d+\.description$/, reason: columnWords},
	{
		row: 'api groups',
		path: /^body\.serverAddressByClientCIDRs\.0$/,
		reason: 'the way to a server from outside its network; no client asks',
	},
];

/** A line of kubectl's that only one side may print. */
type AcceptedLine = {
	/** How the command begins. */
	readonly command: string;
	readonly line: RegExp;
	readonly reason: string;
};

export const acceptedLines: readonly AcceptedLine[] = [
	{command: 'rollout status', line: /^Waiting for deployment/, reason: 'which steps of the progress are seen depends on the moment'},
	{
		command: 'describe node ',
		line: /^ +HolderIdentity: /,
		reason: 'KWOK, not a kubelet named after its node, holds the leases of the real nodes',
	},
	{
		command: 'drain node-a --dry-run',
		line: /^evicting pod |^Warning: deleting Pods that declare no controller/,
		reason: 'which pods a node holds is the draw of the scheduler',
	},
	{
		command: 'describe service ',
		line: /^Events:|^ +Type +Reason +Age|^ +-{3,} +-{3,}|ClusterIPNotAllocated.*ipallocator-repair-controller/,
		reason: 'the repair loop of a real server may meet an address before its allocation is stored; any other event is compared',
	},
];
