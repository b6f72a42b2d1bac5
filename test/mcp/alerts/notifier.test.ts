import {describe, expect, test} from 'vitest';
import type {Json} from '../../../src/core/json.ts';
import {formatOfUrl, noticePayload} from '../../../src/mcp/alerts/notice-payload.ts';
import {notifier} from '../../../src/mcp/alerts/notifier.ts';
import {manualClock} from '../../support/manual-clock.ts';

const notice = (text: string) => ({text, data: {title: text}});

/** A service that answers these statuses, then 200; a text is an error of the network. */
function world(answers: readonly (number | string)[] = []) {
	const clock = manualClock();
	const bodies: Json[] = [];
	const troubles: string[] = [];
	const left = [...answers];
	const sender = notifier({
		url: new URL('https://hooks.example/a?b=c'),
		format: 'webhook',
		clock,
		onTrouble: why => troubles.push(why),
		async send({origin, path, body = ''}) {
			expect(`${origin}${path}`).toBe('https://hooks.example/a?b=c');
			bodies.push((JSON.parse(body) as {news: {title: string}[]}).news.map(({title}) => title));
			const answer = left.shift() ?? 200;
			if (typeof answer === 'string') throw new Error(answer);
			return {statusCode: answer, body: (async function* () {})()};
		},
	});
	return {clock, bodies, troubles, sender};
}

describe('notifier', () => {
	test('sends what comes together in one message, and the next after a pause', async () => {
		const {clock, bodies, sender} = world();
		for (const text of ['a', 'b']) sender.notify(notice(text));
		await clock.advance(300);
		sender.notify(notice('c'));
		await clock.advance(2900);
		expect(bodies).toEqual([['a', 'b']]);
		await clock.advance(400);
		expect(bodies).toEqual([['a', 'b'], ['c']]);
	});

	test('tries once more, and tells a failure once', async () => {
		const {clock, bodies, troubles, sender} = world([500, 'reset', 503, 503, 200, 404]);
		for (const text of ['a', 'b', 'c', 'd']) {
			sender.notify(notice(text));
			await clock.advance(10_000);
		}
		expect(bodies).toEqual([['a'], ['a'], ['b'], ['b'], ['c'], ['d']]);
		expect(troubles).toEqual(['reset', 'it answers HTTP 404']);
	});

	test('sends at its end what waits', async () => {
		const {bodies, sender} = world();
		sender.notify(notice('a'));
		await sender.close();
		sender.notify(notice('b'));
		expect(bodies).toEqual([['a']]);
	});
});

test.each([
	['https://hooks.slack.com/services/T/B/x', 'slack'],
	['https://acme.webhook.office.com/webhookb2/x', 'teams'],
	['https://prod-1.westeurope.logic.azure.com/workflows/x', 'teams'],
	['https://hooks.slack.com.example/x', 'webhook'],
	['https://example.com/slack', 'webhook'],
])('%s is of %s', (url, format) => {
	expect(formatOfUrl(new URL(url))).toBe(format);
});

describe('noticePayload', () => {
	test('writes blocks for Slack, in which no text of others mentions anybody', () => {
		expect(noticePayload('slack', [notice('+ high Pod a/<!channel> & b')])).toEqual({
			text: '+ high Pod a/&lt;!channel&gt; &amp; b',
			blocks: [{type: 'section', text: {type: 'plain_text', text: '+ high Pod a/<!channel> & b', emoji: false}}],
		});
	});

	test('writes an adaptive card for Teams', () => {
		expect(noticePayload('teams', [notice('[a](http://b)')])).toMatchObject({
			type: 'message',
			attachments: [
				{
					contentType: 'application/vnd.microsoft.card.adaptive',
					content: {type: 'AdaptiveCard', body: [{type: 'RichTextBlock', inlines: [{type: 'TextRun', text: '[a](http://b)'}]}]},
				},
			],
		});
	});

	test('shows twenty lines to people, and says how many more there are; programs get all', () => {
		const many = Array.from({length: 25}, (_, index) => notice(`${index}`));
		expect(noticePayload('slack', many)).toMatchObject({blocks: {length: 21, 20: {text: {text: 'and 5 more: mkcoa incident list'}}}});
		expect(noticePayload('webhook', many)).toMatchObject({kind: 'incidents', news: {length: 25}});
	});
});
