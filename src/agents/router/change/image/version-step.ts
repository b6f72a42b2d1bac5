import type {Clause} from '../../clause.ts';

/** How far a version goes, and in which of its numbers. */
export type VersionStep = {readonly part: 0 | 1 | 2; readonly by: 1 | -1};

const parts: readonly (readonly [RegExp, VersionStep['part']])[] = [
	[/\bpatch(?:es| (?:version|release|level))?\b|패치/i, 2],
	[/\bminor(?: (?:version|release))?\b|마이너/i, 1],
	[/\bmajor(?: (?:version|release))?\b|메이저/i, 0],
];
const one =
	/\b(?:one|a|next|previous|last|following|single|bump|up|down|back|earlier)\b|하나|한\s?(?:단계|칸|번)|다음|이전|올려|올리|내려|내리/i;
const lower = /\b(?:down|back|earlier|lower|previous|last|downgrade|below|before)\b|이전|내려|내리|낮/i;

/** `one patch up`, `back one minor`, `패치 버전 하나 올려`: a step from the version that runs. Undefined where none is told. */
export function versionStep({text}: Pick<Clause, 'text'>): VersionStep | undefined {
	const part = parts.find(([said]) => said.test(text))?.[1];
	// Which one is the newest, nobody here knows.
	if (part === undefined || !one.test(text) || /\b(?:newest|latest|most recent)\b|최신/i.test(text)) return undefined;
	return {part, by: lower.test(text) ? -1 : 1};
}

/** `5.3.1`, a patch up: `5.3.2`; a higher number sets the lower ones to 0. Undefined where the tag is no plain version, or nothing lies below it. */
export function steppedTag(tag: string, {part, by}: VersionStep): string | undefined {
	const [, mark = '', numbers = ''] = /^(v?)(\d+(?:\.\d+){1,2})$/.exec(tag) ?? [];
	const values = numbers.split('.').map(Number);
	const value = values[part];
	if (numbers === '' || value === undefined || value + by < 0 || (by === -1 && part !== 2)) return undefined;
	return `${mark}${values.map((each, at) => (at < part ? each : at === part ? each + by : 0)).join('.')}`;
}
