import {type Command, commandOf, type Objects, objectsOf} from './command.ts';
import {creationInWords} from './creation.ts';

const namespaceOf = ({flags}: Command) => {
	const name = flags.get('n') ?? flags.get('namespace');
	return name === undefined ? '' : ` in ${name}`;
};
const several = (kind: string) => (kind.endsWith('s') ? `${kind}es` : kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`);

/** `deployments web and api in shop`, or all of a kind where no name is said. */
function spokenObjects({kind, names}: Objects, command: Command): string {
	const label = command.flags.get('l') ?? command.flags.get('selector');
	const place = namespaceOf(command);
	if (label !== undefined) return `all ${several(kind)} labelled ${label}${place}`;
	if (names.length === 0) return `all ${several(kind)}${place}`;
	return `${names.map(name => `${kind} ${name}`).join(' and ')}${place}`;
}

type Told = readonly string[] | undefined;

function scale(command: Command): Told {
	const objects = objectsOf(command.words);
	const replicas = command.flags.get('replicas');
	return objects === undefined || replicas === undefined ? undefined : [`Scale ${spokenObjects(objects, command)} to ${replicas} replicas`];
}

function rollout({words: [deed = '', ...words], flags, verb}: Command): Told {
	const command = {verb, words, flags};
	const objects = objectsOf(words);
	if (objects === undefined) return undefined;
	const what = spokenObjects(objects, command);
	const revision = flags.get('to-revision');
	if (deed === 'restart') return [`Restart ${what}`];
	if (deed === 'undo')
		return [revision === undefined || revision === '0' ? `Roll back ${what}` : `Roll back ${what} to revision ${revision}`];
	if (deed === 'pause' || deed === 'resume') return [`${deed === 'pause' ? 'Pause' : 'Resume'} the rollout of ${what}`];
	return deed === 'history' ? [`Show the rollout history of ${what}`] : undefined;
}

function set({words: [field = '', ...words], flags, verb}: Command): Told {
	const command = {verb, words, flags};
	const objects = objectsOf(words);
	if (objects === undefined || objects.names.length === 0) return undefined;
	const what = spokenObjects(objects, command);
	const pairs = objects.rest.map(word => /^([^=]+)=(.*)$/.exec(word));
	if (field === 'image')
		return pairs.flatMap(pair => (pair === null ? [] : [`Set the image of ${what} (container ${pair[1] ?? ''}) to ${pair[2] ?? ''}`]));
	if (field === 'env') {
		const removed = objects.rest.flatMap(word => /^(\w+)-$/.exec(word)?.[1] ?? []);
		const kept = objects.rest.filter(word => word.includes('='));
		return [
			...(kept.length === 0 ? [] : [`Set ${kept.join(', ')} on ${what}`]),
			...removed.map(key => `Remove the environment variable ${key} from ${what}`),
		];
	}
	return field === 'resources' ? resources(what, flags) : undefined;
}

const resources = (what: string, flags: Command['flags']): Told =>
	(['limits', 'requests'] as const).flatMap(list =>
		(flags.get(list) ?? '').split(',').flatMap(one => {
			const [resource = '', amount = ''] = one.split('=');
			return amount === '' ? [] : [`Set the ${resource} ${list === 'limits' ? 'limit' : 'request'} of ${what} to ${amount}`];
		}),
	);

function marked(command: Command): Told {
	const objects = objectsOf(command.words);
	if (objects === undefined) return undefined;
	const word = command.verb === 'label' ? 'label' : 'annotation';
	const what = spokenObjects(objects, command);
	const set = objects.rest.filter(one => one.includes('='));
	const removed = command.words.flatMap(one => /^([\w./-]+)-$/.exec(one)?.[1] ?? []);
	return [
		...(set.length === 0 ? [] : [`${word === 'label' ? 'Label' : 'Annotate'} ${what} with ${set.join(', ')}`]),
		...removed.map(key => `Remove the ${word} ${key} from ${what}`),
	];
}

function remove(command: Command): Told {
	const objects = objectsOf(command.words);
	return objects === undefined || command.flags.has('f') ? undefined : [`Delete ${spokenObjects(objects, command)}`];
}

const nodes = ({verb, words, flags}: Command): Told =>
	words.length === 0 || flags.has('l') || flags.has('selector')
		? undefined
		: [`${verb} ${words.map(name => `node ${name}`).join(' and ')}`];

function autoscale(command: Command): Told {
	const objects = objectsOf(command.words);
	const [min, max, cpu] = ['min', 'max', 'cpu-percent'].map(flag => command.flags.get(flag));
	if (objects === undefined || max === undefined) return undefined;
	return [
		`Create an autoscaler for ${spokenObjects(objects, command)} with min ${min ?? '1'} and max ${max}${cpu === undefined ? '' : ` at ${cpu}% cpu`}`,
	];
}

function create(command: Command): Told {
	const [kind = '', name = ''] = command.words;
	const from = /^(?:cronjob|cj)\/(.+)$/.exec(command.flags.get('from') ?? '')?.[1];
	if (/^job$/.test(kind) && from !== undefined) return [`Run cronjob ${from}${namespaceOf(command)} now, as job ${name}`];
	const said = creationInWords(command);
	return said === undefined ? undefined : [said];
}

function list(command: Command): Told {
	const objects = objectsOf(command.words);
	if (objects === undefined || objects.kind === 'secret') return undefined;
	if (objects.names.length > 0) return [`Show ${spokenObjects(objects, command)}`];
	const everywhere = command.flags.has('A') || command.flags.has('all-namespaces');
	return [`List ${several(objects.kind)}${everywhere ? ' in all namespaces' : namespaceOf(command)}`];
}

function logs(command: Command): Told {
	const [name = ''] = command.words;
	const objects = objectsOf(command.words);
	const [tail, container] = [command.flags.get('tail'), command.flags.get('c') ?? command.flags.get('container')];
	const previous = command.flags.has('p') || command.flags.has('previous') ? ' previous' : '';
	const what = objects === undefined ? `${name}${namespaceOf(command)}` : spokenObjects(objects, command);
	return name === ''
		? undefined
		: [
				`Show the${previous}${tail === undefined ? '' : ` last ${tail}`} log lines of ${container === undefined ? '' : `container ${container} of `}${what}`,
			];
}

const readers: {readonly [verb: string]: (command: Command) => Told} = {
	scale,
	rollout,
	set,
	label: marked,
	annotate: marked,
	delete: remove,
	cordon: nodes,
	uncordon: nodes,
	drain: nodes,
	autoscale,
	create,
	get: list,
	describe: list,
	logs,
};

const verbs = Object.keys(readers).join('|');
const quoted = new RegExp(`\`\\s*(?:\\$\\s*)?(?:kubectl|k|oc)\\s+((?:-n\\s+\\S+\\s+)?(?:${verbs})\\s[^\`]*)\``, 'g');
const bare = new RegExp(
	`(?:^|(?<=[\\n;:]\\s?|&&\\s?|\\b(?:please|run|execute|do)\\s))\\s*(?:\\$\\s*)?(?:kubectl|k)\\s+((?:-n\\s+\\S+\\s+)?(?:${verbs})\\s[^\\n;&|가-힣]*?)(?=\\s*(?:$|\\n|;|&&|\\||,?\\s+(?:please|pls|for me|thanks|and then|then)\\b|[가-힣]))`,
	'gi',
);
/** What only asks for a command to be run. */
const manners =
	/^(?:[\s.,:;!]|\b(?:please|pls|plz|run|execute|do|for me|thanks|thx|can you|could you|would you|this|the following|now|and|then)\b|실행|돌려|해\s?주세요|해\s?줘|부탁[가-힣]*|좀|이거|주세요|줘|하고|그리고)*$/i;

function told(line: string): string | undefined {
	const [, place = '', rest = line] = /^(-n\s+\S+\s+)(.*)$/s.exec(line) ?? [];
	const command = commandOf(`${rest} ${place}`);
	const sentences = readers[command.verb]?.(command);
	return sentences === undefined || sentences.length === 0 ? undefined : sentences.join('. ');
}

/** `what does … do?`, `I ran … and it hung`, `… 하면 어떻게 돼?`: the command is spoken of. */
function isQuotation(ahead: string, behind: string): boolean {
	const before = ahead.split(/[.!?;\n]\s*/).at(-1) ?? '';
	const [after = ''] = /^[^.!\n]*/.exec(behind) ?? [];
	return (
		/\b(?:what|why|how|does|did|do i|ran|tried|typed|used|wrote|was|is|are|when|if|should|after|before|says?|said|told|don't|do not|not|never)\b/i.test(
			before,
		) ||
		(/\?/.test(after) && !/(?:please|pls|for me|줄래|주실|수 있)[^?]*\?/i.test(after)) ||
		/^\s*(?:를|을|은|는)?\s?(?:하면|했|실행했|돌렸|하지|말고)/.test(after)
	);
}

/**
 * A request with its kubectl commands in words: `kubectl scale deploy/web --replicas=3 -n shop` → `Scale deployment web in shop to 3 replicas`. A command that is not
 * known, or only spoken of, stays as it is.
 */
export function kubectlInWords(request: string): string {
	const sentences: string[] = [];
	const put = (found: string, line: string, at: number, all: string) => {
		const said = isQuotation(all.slice(0, at), all.slice(at + found.length)) ? undefined : told(line);
		if (said === undefined) return found;
		sentences.push(said);
		return ` ${said}. `;
	};
	const plain = request.replace(quoted, put).replace(bare, put);
	if (sentences.length === 0) return request;
	const rest = sentences.reduce((text, said) => text.replace(`${said}.`, ''), plain);
	return manners.test(rest.trim())
		? `${sentences.join('. ')}.`
		: plain
				.replace(/\s*&&\s*/g, ' ')
				.replace(/\s+/g, ' ')
				.trim();
}
