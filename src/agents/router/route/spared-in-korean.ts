import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {type Found, joint, objectsOf, ofKinds, plural, small, stayingKinds} from './spared-names.ts';

const korean =
	/\s*(?:만|은|는|을|를|이|가|도)?\s*(?:빼고는?|뺀|빼놓고|이외(?:의|에는?)?|외(?:의|에는?)|유지(?:하고|한\s?채|해\s?줘|해\s?주세요|해)|(?:그대로\s?)?(?:남겨|놔|내버려|그냥|그대로)\s?(?:둬|두세요|두시고|두고|둘\s?것|줘요?|주세요|놔요?|놓고)[요]?|그냥\s?두고|남길\s?것|제외하고는?|제외한|제외하?고?|말고는?|대신에?|놔두고|남기고|남겨\s?두고|남겨\s?놓고|그대로\s?(?:두고|놔두고)|내버려\s?두고|건드리지\s?말고)(?=[\s,]|$)/g;

/** `a랑 b 중에 a만`: the others of a list. */
const among = /\s*중(?:에서?)?\s+(?=(?<chosen>[a-z0-9][\w.-]*)만(?:을)?\s)/gi;

/** `ferry 재시작하지 말고 radar …`: what is forbidden of one is ordered of another. */
const forbiddenInKorean = (text: string, objects: readonly KubeObject[]) =>
	[...text.matchAll(/\s*(?:은|는|을|를)?\s+[가-힣]+(?:지는?\s?(?:말고|않고)|기\s?전에)(?=[\s,])/g)].filter(({0: found, index}) =>
		[...text.slice(index + found.length).matchAll(/[a-z0-9][\w.-]*/gi)].some(([name]) => objectsOf(name, objects).length > 0),
	);

/** `mail 재시작은 하지 말아 주세요`, `mail은 건드리면 안 됩니다`, where something else is ordered. */
const deniedOf = (text: string, objects: readonly KubeObject[]) =>
	[
		...text.matchAll(
			/\s*(?:은|는|을|를|의)?\s*(?:재시작|재기동|삭제|변경|수정|스케일|롤백|건드리|손대|만지|바꾸|지우)[가-힣]*?\s?(?:은|는)?\s?(?:하|시키)?(?:지\s?(?:는\s?)?(?:말|마)[가-힣]*(?:\s?(?:줘요?|주세요|주십시오|것))?|면\s?안\s?[가-힣]+)(?=[\s,.!?]|$)/g,
		),
	].filter(({0: found, index}) => {
		const own = /([a-z0-9][\w.-]*)$/i.exec(text.slice(0, index))?.[1];
		const others = `${text.slice(0, index)} ${text.slice(index + found.length)}`.match(/[a-z0-9][\w.-]*/gi) ?? [];
		return own !== undefined && others.some(name => name !== own && objectsOf(name, objects).length > 0);
	});

/** What Korean says is left alone. */
export function sparedInKorean(text: string, objects: readonly KubeObject[]): Found | undefined {
	const kindsStay = stayingKinds(text, 'ko');
	if (kindsStay !== undefined) return kindsStay;
	for (const marker of [
		...text.matchAll(korean),
		...forbiddenInKorean(text, objects),
		...deniedOf(text, objects),
		...text.matchAll(among),
	]) {
		// `두 개만 남기고 줄여줘`: how many are to be left, and nothing that is spared.
		if (/(?:\d+|한|두|세|네|다섯|하나|둘|셋|넷)\s?(?:개|대)?$/.test(text.slice(0, marker.index))) continue;
		const words = [...text.slice(0, marker.index).matchAll(/[^\s,]+/g)];
		const names: KubeObject[] = [];
		let begin = marker.index;
		for (const {0: piece, index} of words.toReversed()) {
			const bare = /^[a-z0-9][\w.-]*/i.exec(piece)?.[0] ?? piece;
			const named = objectsOf(bare, objects);
			const isOther =
				!/^[a-z0-9]/i.test(piece) && (kindsIn(clauseOf(piece)).length > 0 || small.test(piece) || plural.test(piece) || joint.test(piece));
			const ends = names.length > 0 && !/(?:와|과|랑|하고|,)$/.test(text.slice(index, begin).trimEnd());
			if ((named.length === 0 && !isOther) || ends) break;
			names.push(...named);
			begin = index;
		}
		const behind = text.slice(marker.index + marker[0].length);
		const chosen = marker.groups?.chosen;
		const left = names.filter(({metadata}) => metadata.name !== chosen?.toLowerCase());
		if (left.length > 0) return {objects: ofKinds(left, text.slice(begin, marker.index)), rest: `${text.slice(0, begin)} ${behind}`};
	}
	return undefined;
}
