import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {hostOf, isPath} from '../../words/values.ts';

/** What a request says of where an Ingress leads. */
export type BackendWords = {
	readonly host?: string | undefined;
	readonly path?: string | undefined;
	/** Services that are named and are not to be left. */
	readonly services: readonly KubeObject[];
	/** Services that are to serve no more. */
	readonly old: readonly KubeObject[];
	readonly port?: number | undefined;
};

const leads =
	/\b(?:goes?|go|going|leads?|lead|rout\w+|answer\w*|serv(?:e|es|ed|ing)|handled?|send|sent|point\w*|forward\w*|direct\w*|redirect\w*|switch\w*|land\w*|backed|backend|behind|mov\w+|com(?:e|es)|hit|hits|ends? up|arrives?|proxied|flip\w*|use|uses|to|belongs?|behind)\b|->|→|=>|보내|보낸|보냈|넘기|넘겨|연결|가리키|향하|향해|돌려|돌리|붙이|붙여|백엔드|바꾸|바꿔|변경|전환|가게|가도록|타게|처리|응답|받게|받도록/i;

/** Whether a text speaks of where something leads. */
export const speaksOfLeading = ({text}: Pick<Clause, 'text'>) => leads.test(text);

const left =
	/(?:\b(?:instead of|rather than|in place of|no longer(?: to| by)?|and not|not|away from|off|from)\s+(?:the\s+|going to\s+|to\s+)?(?:services?\s+)?)([\w-]+)(?: (?:service|on \d+|\(\d+\)))?|([\w-]+)(?:\s?서비스)?\s?(?:으로|로|이|가|에서)?\s?(?:말고|대신|아니라|에서)(?=[\s,])/gi;
const stays =
	/(?:^|[.;,]\s+(?:and\s+|but\s+|while\s+)?|\s+(?:and|but|while)\s+)[^.;,]*\b(?:stays?|remains?|keeps?|unchanged|untouched|as (?:it|they) (?:is|are|was|were)|left alone|leave)\b[^.;,]*|[^.;,\s]+(?:\s[^.;,\s]+){0,3}\s?그대로[^.;,]*/gi;

/** @param services of the Ingress's namespace */
export function backendWords({text}: Pick<Clause, 'text'>, ingress: KubeObject, services: readonly KubeObject[]): BackendWords {
	const named = (name: string) => services.find(({metadata}) => metadata.name === name.toLowerCase());
	const old = [...text.matchAll(left)].flatMap(([, english, korean]) => named(english ?? korean ?? '') ?? []);
	const own = ingress.metadata.name;
	const said = text
		.replace(stays, ' ')
		.replace(left, (found, english?: string, korean?: string) => (named(english ?? korean ?? '') === undefined ? found : ' '))
		.replace(
			new RegExp(
				`\\bingress(?: called| named| is)?\\s+${own}\\b|\\b${own}(?:'s)?\\s+ingress\\b|${own}\\s?인그레스|인그레스\\s?${own}`,
				'gi',
			),
			' ',
		);
	const pieces = said.split(/[\s,;()→]+|->|=>/).map(piece => piece.replace(/^[("'`]+|[)"'`.:!?]+$/g, ''));
	const host = pieces.map(raw => hostOf({raw: raw.replace(/[가-힣]+$/, '')})).find(found => found !== undefined);
	const spelled = pieces.map(piece => piece.replace(/[가-힣]+$/, '')).find(raw => isPath({raw}));
	const path = host?.path || spelled || (/\broot\b|루트/i.test(said) ? '/' : undefined);
	const found = pieces.flatMap(piece => named(/^[\w-]+/.exec(piece)?.[0] ?? '') ?? []);
	return {host: host?.host, path: path === '' ? undefined : path, services: [...new Set(found)], old, port: portIn(said, found)};
}

/** `search (9200)`, `search on 9200`, `port 9200`, `search:9200`, `9200 포트`. */
function portIn(text: string, services: readonly KubeObject[]): number | undefined {
	const names = services.map(({metadata}) => metadata.name).join('|');
	const beside =
		names === ''
			? null
			: new RegExp(`(?:${names})(?:\\s?(?:service|서비스)(?:의)?)?[\\s,:]*(?:\\(|on |at |port |:)*\\s*(?:port )?(\\d{2,5})\\b`, 'i').exec(
					text,
				);
	const found =
		beside?.[1] ??
		/\bport\s*:?\s*(\d{2,5})|(\d{2,5})\s*(?:번\s*)?포트|포트\s*(\d{2,5})|\bon (\d{2,5})\b/i
			.exec(text)
			?.slice(1)
			.find(group => group !== undefined);
	return found === undefined ? undefined : Number(found);
}
