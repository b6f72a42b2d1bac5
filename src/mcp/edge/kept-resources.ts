import type {EdgeResources} from './edge-registry.ts';
import {answerTemplate, type KeptAnswers} from './kept-answers.ts';
import {ownerOf} from './may-use.ts';

/** The rest of answers, as resources. */
export const keptResources = (kept: KeptAnswers): EdgeResources => ({
	list: async () => [],
	templates: [
		{
			uriTemplate: answerTemplate,
			name: 'answer',
			title: 'Rest of an answer',
			description: 'What did not fit into an answer, page by page',
			mimeType: 'text/plain',
		},
	],
	async read(uri, {caller}) {
		const page = kept.read(ownerOf(caller), uri);
		if (page === undefined) return undefined;
		const next = page.next === undefined ? '' : `\n(It goes on: ${page.next})`;
		return {contents: [{uri, mimeType: 'text/plain', text: `${page.text}${next}`}]};
	},
});
