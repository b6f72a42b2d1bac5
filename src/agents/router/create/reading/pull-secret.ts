import type {Wish} from './wish.ts';

const name = String.raw`["'\`]?([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)["'\`]?`;
const patterns: readonly RegExp[] = [
	new RegExp(
		String.raw`\bpull(?:s|ed|ing)?(?: (?:it|them|the image|images|from (?:it|there)))? (?:with|using|via|through|by) (?:the )?(?:(?:pull )?secret )?${name}`,
		'i',
	),
	new RegExp(String.raw`\b(?:image ?)?pull ?secrets?(?: (?:is|called|named|should be))?:? ${name}`, 'i'),
	new RegExp(String.raw`\b(?:registry )?credentials?(?: (?:are|is))?(?: in| from|:) (?:the )?(?:secret )?${name}`, 'i'),
	new RegExp(String.raw`\b${name} (?:as|for) (?:the |its )?(?:image )?pull ?secret`, 'i'),
	new RegExp(
		String.raw`${name}\s?(?:시크릿)?(?:으로|로|을|를)?\s?(?:써서\s?|이용해\s?|사용해\s?)?(?:이미지(?:를)?\s?)?(?:풀\s?(?:받|해|하|시크릿)|pull|당겨|내려\s?받)`,
		'i',
	),
	new RegExp(String.raw`(?:풀\s?시크릿|imagePullSecrets?)(?:은|는|으로|로|:)?\s?${name}`, 'i'),
];

const noName = /^(?:the|a|an|it|secret|for|of|named|called|is|with|image|images|private|registry)$/i;

/** The Secret with which a wish says that images are pulled, by whatever words; undefined where it says none. */
export const pullSecretIn = ({text}: Pick<Wish, 'text'>): string | undefined =>
	patterns.map(pattern => pattern.exec(text)?.[1]).find(found => found !== undefined && !noName.test(found));
