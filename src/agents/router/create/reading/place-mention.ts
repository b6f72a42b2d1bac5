import {imageIn} from './image.ts';
import type {Mention} from './mentions.ts';
import {plainAt, type Wish} from './wish.ts';

/** `in the namespace x`, `x 네임스페이스에`: where something is, not what is made. */
export function isPlaceMention(wish: Wish, {kind, first, last}: Mention): boolean {
	if (kind !== 'Namespace') return false;
	if (/(?:에|에서|의|에는|에다|안에|내에)$/.test(wish.words[last]?.raw ?? '')) return true;
	// `replay-ui, monitoring namespace, as a Deployment: …`: beside what runs an image, a name with no verb before it says where.
	if (wish.words[last]?.stop !== undefined && /^[a-z0-9][a-z0-9-]*$/.test(wish.words[first - 1]?.raw ?? '') && imageIn(wish) !== undefined)
		return !/^(?:a|an|new|another|create|make|add|새|새로운)$/.test(plainAt(wish, first - 2));
	// `…, namespace shop, …` in a list of details.
	if (
		first > 1 &&
		last + 1 < wish.words.length &&
		wish.words[first - 1]?.stop === ',' &&
		wish.words[last]?.stop === undefined &&
		!/^(?:두|세|네|하나|한|둘|셋|2|3|4|5)/.test(plainAt(wish, last + 1)) &&
		!/^namespaces?$/.test(plainAt(wish, 0))
	)
		return true;
	for (let at = first - 1; at >= Math.max(0, first - 3); at -= 1) {
		if (wish.words[at]?.stop !== undefined) return false;
		const word = plainAt(wish, at);
		if (/^(?:in|into|inside|within|to|from|of|for)$/.test(word)) return true;
		if (/^(?:a|an|new|create|make|add)$/.test(word)) return false;
	}
	return false;
}
