import {languageOf} from './language.ts';

const joints = /[,;:!?()]\s*|\.(?:\s+|$)|\s[-–—]\s|\b(?:but|and|though|yet|while|so|then)\b/;
const before =
	/(?:(?:\b(?:not|never|no|without|nothing|nobody|avoid|skip|refrain from|hands off)|n't)\s+(?!(?:hesitate|wait|forget|only|just|fail|mind|matter)\b)(?:[\w.-]+\s+){0,4}?|\b(?:instead of|rather than)\s+(?:an? |the )?)$/;
const behind =
	/^\w*(?:\s+(?:it|them|that|this|the pods?|[\w.]*-[\w.-]+))?\s+(?:is|are|was|would be|will be|must be|comes?|can|could|should|may|must|has to|needs to|is to)\s*(?:n't|not\b|never\b|no longer\b|later\b|wait\b|unwanted\b|unnecessary\b|out of the question\b|forbidden\b|off the table\b)/;
const behindKorean =
	/^[가-힣a-z]{0,6}?\s?(?:하|시키|되|돼|[가-힣])?(?:지\s?(?:는\s?|도\s?|를?\s?)?(?:말|마|않|못|안)|(?:하|되|시키)?면\s?안|\s?안\s?(?:하|할|돼|되|됩|됨|합|해)|\s?없이|\s?금지|\s?불필요|\s?필요\s?(?:없|는\s?없)|\s?말고|\s?대신|\s?(?:아직|나중|추후))/;
const beforeKorean = /(?:안|못)\s$/;

/** Whether words speak of a deed, and wherever they do, say that it is not to be done: `close it, but no drain`, `비우지 말고`. */
export function isDenied(text: string, deed: RegExp): boolean {
	const plain = text.toLowerCase();
	const places = placesOf(plain, deed);
	const isKorean = languageOf(text) === 'ko';
	return (
		places.length > 0 &&
		places.every(({part, from, to}) => {
			const [ahead, rest] = [part.slice(0, from), part.slice(to)];
			return before.test(ahead) || behind.test(rest) || (isKorean && (behindKorean.test(rest) || beforeKorean.test(ahead)));
		})
	);
}

const placesOf = (plain: string, deed: RegExp) =>
	plain
		.split(joints)
		.flatMap(part =>
			[...part.matchAll(new RegExp(deed.source, 'gi'))].map(({0: said, index}) => ({part, from: index, to: index + said.length})),
		);
