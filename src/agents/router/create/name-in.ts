import {mentionsIn} from './reading/mentions.ts';
import {isNameWord, isOfPort, statedNames} from './reading/naming.ts';
import {newNames} from './reading/new-name.ts';
import type {Scene} from './scene.ts';

/** `a second service, web-internal, on 3000`, `one for the drill: drill-nov, with …`, `web-caps, a quota`: a name that stands alone. */
export function nameAlone({wish, spoken}: Pick<Scene, 'wish' | 'spoken'>): number | undefined {
	const at = wish.words.findIndex(
		({raw, stop}, index) =>
			stop !== undefined &&
			/[-\d]/.test(raw) &&
			(index === 0 || wish.words[index - 1]?.stop !== undefined) &&
			isNameWord(wish, index) &&
			!spoken.some(each => each.at === index && each.weight > 1),
	);
	return at < 0 ? undefined : at;
}

/** The name that the wish gives to what it makes; undefined where it gives none. */
export function nameIn(scene: Scene, used: ReadonlySet<number> = new Set()): string | undefined {
	const {wish, head, spoken, live, called} = scene;
	if (called !== undefined && !used.has(called)) return wish.words[called]?.raw;
	const others = mentionsIn(wish).filter(
		({kind, first}) => (kind === head?.kind || (kind === 'Job' && head?.kind === 'CronJob')) && first !== head?.first,
	);
	const isOther = (at: number) => used.has(at) || spoken.some(each => each.at === at && each.weight > 1);
	const [at] = newNames(wish, {mentions: head === undefined ? others : [head, ...others], isOther, live});
	const last = at ?? statedNames(wish, isOfPort).find(each => !used.has(each));
	return last === undefined ? undefined : wish.words[last]?.raw;
}
