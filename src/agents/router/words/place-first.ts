import {languageOf} from './language.ts';

const name = String.raw`(?:the\s+)?([a-z0-9][a-z0-9-]*)(?:\s+namespace)?`;
const only = String.raw`(?:only|alone|not\s+[a-z0-9-]+(?:\s+or\s+[a-z0-9-]+)?)`;

/** `we are talking about staging. …`, `staging only: …`, `staging, not shop: …`, `…, staging only`: each with the name of the place first. */
const english: readonly RegExp[] = [
	new RegExp(
		String.raw`^(?:(?:we(?:'re| are)|i(?:'m| am)) talking about|(?:this|it)(?:'s| is) (?:all )?about|this concerns|regarding|concerning)\s+${name}(?:\s+(?:here|now|only))*\s*[.:,–—-]\s*`,
		'i',
	),
	new RegExp(String.raw`^(?:in\s+|for\s+)?${name},?\s+${only}\s*[:,–—-]\s*`, 'i'),
	new RegExp(
		String.raw`(?:,\s+|\s+(?:\(|[–—-]\s|but\s+|(?=in\s|for\s)))(?:but\s+)?(?:in\s+|for\s+)?${name}\s+(?:only|alone)\b\)?(?=\s*(?:$|[.,;:!?]))`,
		'i',
	),
	new RegExp(String.raw`,?\s+(?:\(|[–—-]\s)?(?:but\s+)?only\s+(?:in|for)\s+${name}\b\)?`, 'i'),
];

/** `staging 얘기입니다. 거기 …` */
const korean: readonly RegExp[] = [
	/^([a-z0-9][a-z0-9-]*)(?:\s*네임스페이스)?(?:\s*쪽)?\s*(?:얘기|이야기|관련|건|쪽)(?:입니다|예요|이에요|이야|인데요?|이고요?|요)?\s*[.,:]\s*(?:거기(?:서|에서|에|의|에\s?있는)?\s+)?/,
	/^([a-z0-9][a-z0-9-]*)(?:\s*네임스페이스)?(?:에서)?만\s*[.,:]\s*/,
];

/** A request with the only place that it is about in front of it: `In staging: …`, `staging에서: …`. */
export function placeFirst(request: string, namespaces: readonly string[]): string {
	const isKorean = languageOf(request) === 'ko';
	for (const pattern of isKorean ? korean : english) {
		const found = pattern.exec(request);
		const place = found?.[1];
		if (found === null || place === undefined || !namespaces.includes(place)) continue;
		const rest = `${request.slice(0, found.index)}${request.slice(found.index + found[0].length)}`;
		return isKorean ? `${place}에서: ${rest}` : `In ${place}: ${rest}`;
	}
	return request;
}
