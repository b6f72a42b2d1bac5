import type {JsonObject} from '../../../../core/json.ts';
import type {Labels} from '../manifests/object.ts';
import type {ContainerWish} from '../manifests/pod.ts';
import {commandIn} from '../reading/command.ts';
import type {Mention} from '../reading/mentions.ts';
import {sortedPairs} from '../reading/pairs.ts';
import {type References, referencesIn} from '../reading/references.ts';
import {resourcesIn} from '../reading/resources.ts';
import {type Wish, wishOf} from '../reading/wish.ts';
import {portsIn} from './container-ports.ts';
import {fieldVariables} from './env-words.ts';
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
	const volumes = mountsIn(hooks.rest);
	const fields = fieldVariables(volumes.rest);
	const guess = portsIn(wishOf(probeRemarks(fields.rest, 1).rest, language), () => false)[0]?.number;
	const {probes, rest} = probeRemarks(fields.rest, guess);
	const wish = wishOf(rest, language);
	const pairs = sortedPairs(wish);
	const references = referencesIn(wish, headOf(wish));
	const bare = Object.entries(pairs.data);
	const env = {...pairs.env, ...Object.fromEntries(bare.filter(([key]) => /^[A-Z]/.test(key)))};
	const isOther = isElsewhere(wish);
	return {
		...commandIn(wish),
		ports: portsIn(wish, isOther),
		env: [...Object.entries(env).map(([name, value]) => ({name, value})), ...fields.found, ...references.env],
		envFrom: references.envFrom,
		...resourcesIn(wish, isOther),
		probes,
		mounts: references.mounts,
		more: {...(hooks.lifecycle === undefined ? {} : {lifecycle: hooks.lifecycle}), ...workingDir(rest)},
		spoken: volumes.mounts,
		references,
		labels: {...pairs.labels, ...Object.fromEntries(bare.filter(([key]) => !/^[A-Z]/.test(key)))},
		nodes: pairs.nodes,
		rest,
	};
}

function workingDir(text: string): JsonObject {
	const path =
		/\b(?:working ?dir(?:ectory)?|work ?dir|cwd)(?: is| of| to|:)? ["'`]?(\/[\w./-]*)|(?:작업 ?(?:디렉터리|디렉토리|경로|폴더))(?:는|은|를|을|로|:)? ?["'`]?(\/[\w./-]*)|["'`]?(\/[\w./-]+)["'`]?(?: as (?:the )?working ?dir\w*|(?:를|을) ?작업 ?디렉)/i.exec(
			text,
		);
	const found = path?.slice(1).find(group => group !== undefined);
	return found === undefined ? {} : {workingDir: found};
}
