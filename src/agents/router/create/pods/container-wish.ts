import type {JsonObject} from '../../../../core/json.ts';
import {numberOf} from '../../words/number-words.ts';
import type {Labels} from '../manifests/object.ts';
import type {ContainerWish} from '../manifests/pod.ts';
import {commandIn} from '../reading/command.ts';
import type {Mention} from '../reading/mentions.ts';
import {sortedPairs} from '../reading/pairs.ts';
import {type References, referencesIn} from '../reading/references.ts';
import {resourcesIn} from '../reading/resources.ts';
import {type Wish, wishOf} from '../reading/wish.ts';
import {capabilitiesIn} from './capabilities.ts';
import {portsIn, withoutPortNames} from './container-ports.ts';
import {fieldVariables, spokenVariables} from './env-words.ts';
import {lifecycleIn} from './lifecycle.ts';
import {probeRemarks} from './probe-remarks.ts';
import {mountsIn, type SpokenMount} from './volume-words.ts';

/** What a wish says of one container, and its part of the wish without what was read. */
export type SpokenContainer = Omit<ContainerWish, 'container' | 'image'> & {
	readonly spoken: readonly SpokenMount[];
	readonly references: References;
	readonly labels: Labels;
	readonly nodes: Labels;
	readonly rest: string;
};

/** @param isElsewhere amounts that belong to something else than the pods, such as the size of a volume */
export function containerIn(
	text: string,
	language: Wish['language'],
	headOf: (wish: Wish) => Mention,
	isElsewhere: (wish: Wish) => (at: number) => boolean,
): SpokenContainer {
	const hooks = lifecycleIn(text);
	const guess = portsIn(wishOf(withoutQuotes(probeRemarks(hooks.rest, 1).rest), language), () => false)[0]?.number;
	const looked = probeRemarks(hooks.rest, guess);
	const lines = commandIn({text: looked.rest});
	const volumes = mountsIn(withoutLines(looked.rest, lines));
	const fields = fieldVariables(volumes.rest);
	const spoken = spokenVariables(fields.rest);
	const caps = capabilitiesIn(spoken.rest);
	const rest = withKeys(caps.rest);
	const wish = wishOf(rest, language);
	const pairs = sortedPairs(wish);
	const references = referencesIn(wish, headOf(wish));
	const bare = Object.entries(pairs.data);
	const env = {...pairs.env, ...Object.fromEntries(bare.filter(([key]) => /^[A-Z]/.test(key)))};
	const isOther = isElsewhere(wish);
	return {
		...lines,
		ports: portsIn(wish, isOther),
		env: [...Object.entries(env).map(([name, value]) => ({name, value})), ...spoken.found, ...fields.found, ...references.env],
		envFrom: references.envFrom,
		...withGpus(resourcesIn(wish, isOther), wish.text),
		probes: looked.probes,
		mounts: references.mounts,
		more: {
			...(hooks.lifecycle === undefined ? {} : {lifecycle: hooks.lifecycle}),
			...workingDir(rest),
			...(caps.capabilities === undefined ? {} : {securityContext: {capabilities: caps.capabilities}}),
		},
		spoken: volumes.mounts,
		references,
		labels: {...pairs.labels, ...Object.fromEntries(bare.filter(([key]) => !/^[A-Z]/.test(key)))},
		nodes: pairs.nodes,
		rest: withoutPortNames(rest),
	};
}

const gpus =
	/(?<![\w.-])(\d+|an?|one|two|four) (?:nvidia )?gpus?(?![\w./=-])|(?<![\w.-])(?:gpu|지피유)(?:는|를|은)? ?(\d+) ?(?:개|장)|(한|두|네) ?(?:개|장)의? ?(?:gpu|지피유)/i;

/** `one GPU`, `GPU 2개`: a device, which is limited alone. */
function withGpus<Amounts extends {readonly limits: Labels}>(amounts: Amounts, text: string): Amounts {
	const said = gpus.exec(text)?.slice(1).find(Boolean)?.toLowerCase();
	const count = said === undefined ? undefined : /^an?$/.test(said) ? 1 : numberOf(said);
	return count === undefined ? amounts : {...amounts, limits: {...amounts.limits, 'nvidia.com/gpu': String(count)}};
}

/** `secret pay-db/password` → `secret pay-db key password` */
const withKeys = (text: string) =>
	text.replaceAll(/((?:\b(?:secret|config ?map)|시크릿|컨피그 ?맵)\s["'`]?[a-z0-9][a-z0-9.-]*)[/:]([A-Za-z_][\w.-]*)/gi, '$1 key $2');

const withoutQuotes = (text: string) => text.replaceAll(/`[^`]*`|"[^"]*"/g, ' ');

/** The text without the lines that its container runs: what stands in them says nothing of it. */
function withoutLines(text: string, lines: {readonly [which: string]: readonly string[] | undefined}): string {
	return Object.values(lines).reduce<string>((rest, list) => {
		if (list === undefined) return rest;
		const written = [list.join(' '), list.at(-1) ?? ''].find(line => line.length > 3 && rest.includes(line));
		if (written !== undefined) return rest.replace(written, ' ');
		return rest.replace(/\[[^\]]*\]/, ' ');
	}, text);
}

function workingDir(text: string): JsonObject {
	const path =
		/\b(?:working ?dir(?:ectory)?|work ?dir|cwd)(?: is| of| to|:)? ["'`]?(\/[\w./-]*)|(?:작업 ?(?:디렉터리|디렉토리|경로|폴더))(?:는|은|를|을|로|:)? ?["'`]?(\/[\w./-]*)|["'`]?(\/[\w./-]+)["'`]?(?: as (?:the )?working ?dir\w*|(?:를|을) ?작업 ?디렉)/i.exec(
			text,
		);
	const found = path?.slice(1).find(group => group !== undefined);
	return found === undefined ? {} : {workingDir: found};
}
