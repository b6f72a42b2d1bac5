import {type Skill, SkillCatalogError, skillEntry} from '@modelcontextprotocol/server/ext/skills';
import {MkcoaError} from '../../../core/error.ts';
import {shortLine} from '../../../core/text/short-line.ts';

/** A skill as it was when it was read: what it publishes of its files stays true of them. */
export type ServedSkill = {
	readonly entry: Skill;
	/** Texts by their addresses. */
	readonly files: ReadonlyMap<string, string>;
	/** Tools that it cannot be followed without. */
	readonly needs: readonly string[];
};

type Found = {
	/** Where it comes from, the first part of its address: names of two places do not meet. */
	readonly origin: string;
	/** Name of its folder. */
	readonly name: string;
	/** Texts by their paths below the folder, `SKILL.md` among them. */
	readonly files: {readonly [path: string]: string};
	readonly needs?: readonly string[];
};

/** @throws MkcoaError `bad-skill` where it does not keep the rules of the format */
export async function servedSkill({origin, name, files, needs = []}: Found): Promise<ServedSkill> {
	const entry = await skillEntry(`${origin}/${name}`, files).catch((error: unknown) => {
		const why = SkillCatalogError.isInstance(error) ? error.problems.map(({message}) => message).join('; ') : 'a path of it is no address';
		throw badSkill(name, shortLine(why, 300), 'Begin SKILL.md with name, the same as its folder, and description between two lines ---');
	});
	const root = entry.uri.slice(0, -'SKILL.md'.length);
	const byAddress = Object.entries(files).map(
		([path, text]) => [`${root}${path.split('/').map(encodeURIComponent).join('/')}`, text] as const,
	);
	return {entry, files: new Map(byAddress), needs};
}

export const badSkill = (name: string, why: string, next: string): MkcoaError =>
	new MkcoaError({kind: 'usage', code: 'bad-skill', what: `The skill ${shortLine(name, 100)} was left out`, why, next});
