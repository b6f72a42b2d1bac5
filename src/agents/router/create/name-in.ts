import {mentionsIn} from './reading/mentions.ts';
import {isNameWord, nameBeside, statedNames} from './reading/naming.ts';
import {plainAt} from './reading/wish.ts';
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

/** `counts as available`, `runs as nobody`: what something is taken for is no name. */
const treated = /^(?:counts?|counted|treat\w*|considered|regarded|seen|marked|same|such|well|soon|long|far|runs?|running|started|exposed)$/;

/** The name that the wish gives to what it makes; undefined where it gives none. */
export function nameIn(scene: Scene, used: ReadonlySet<number> = new Set()): string | undefined {
	const {wish, head, spoken} = scene;
	const isPlace = (at: number) => used.has(at) || spoken.some(each => each.at === at && each.weight > 1);
	const stated = statedNames(wish).find(at => !used.has(at));
	const beside = head === undefined ? undefined : nameBeside(wish, head, isPlace);
	const others = mentionsIn(wish).filter(
		({kind, first}) => (kind === head?.kind || (kind === 'Job' && head?.kind === 'CronJob')) && first !== head?.first,
	);
	const later = others.map(mention => nameBeside(wish, mention, isPlace)).find(at => at !== undefined);
	const titled = wish.words[0]?.stop === ':' && isNameWord(wish, 0) && !isPlace(0) ? 0 : undefined;
	const last = wish.words.findIndex(
		(_, index) =>
			plainAt(wish, index - 1) === 'as' && !treated.test(plainAt(wish, index - 2)) && isNameWord(wish, index) && !isPlace(index),
	);
	const alone = nameAlone(scene) ?? -1;
	const isSecond = alone >= 0 && /\b(?:another|second|additional|extra|separate)\b|하나 더|또 하나|별도/i.test(wish.text);
	const at =
		stated ??
		(isSecond ? alone : beside) ??
		later ??
		titled ??
		(alone < 0 ? undefined : alone) ??
		(last < 0 ? undefined : last) ??
		statedNames(wish, () => false)[0];
	return at === undefined ? undefined : wish.words[at]?.raw;
}
