import type {Json, JsonObject} from '../../core/json.ts';

/** How a service takes messages. */
export const noticeFormats = ['webhook', 'slack', 'teams'] as const;
export type NoticeFormat = (typeof noticeFormats)[number];

/** One piece of news, for a person and for a program. Redacted before it comes here. */
export type Notice = {readonly text: string; readonly data: Json};

/** The format of an address, by its host. */
export function formatOfUrl({hostname}: URL): NoticeFormat {
	if (/(?:^|\.)hooks\.slack(?:-gov)?\.com$/.test(hostname)) return 'slack';
	return /\.(?:webhook\.office\.com|logic\.azure\.com|api\.powerplatform\.com)$/.test(hostname) ? 'teams' : 'webhook';
}

/** Lines of one message: Slack takes fifty blocks, and nobody reads so many. */
const mostLines = 20;
/** Slack takes 3,000 characters in a block. */
const longestLine = 500;

const cut = (text: string) => (text.length > longestLine ? `${text.slice(0, longestLine - 1)}…` : text);

/** What Slack would take for a mention or a link. @see https://docs.slack.dev/messaging/formatting-message-text/#escaping */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Text of others stands in plain text alone, so that no name of a pod mentions a channel or makes a link. */
const slack = (lines: readonly string[]): JsonObject => ({
	text: escaped(lines[0] ?? ''),
	blocks: lines.map(text => ({type: 'section', text: {type: 'plain_text', text, emoji: false}})),
});

/** A text run is no Markdown, as a text block would be. @see https://adaptivecards.io/explorer/RichTextBlock.html */
const teams = (lines: readonly string[]): JsonObject => ({
	type: 'message',
	attachments: [
		{
			contentType: 'application/vnd.microsoft.card.adaptive',
			contentUrl: null,
			content: {
				$schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
				type: 'AdaptiveCard',
				version: '1.4',
				body: lines.map(text => ({type: 'RichTextBlock', inlines: [{type: 'TextRun', text}]})),
			},
		},
	],
});

/** Several pieces of news as one message. */
export function noticePayload(format: NoticeFormat, notices: readonly Notice[]): JsonObject {
	const left = notices.length - mostLines;
	if (format === 'webhook') return {kind: 'incidents', news: notices.map(({data}) => data)};
	const lines = [...notices.slice(0, mostLines).map(({text}) => cut(text)), ...(left > 0 ? [`and ${left} more: mkcoa incident list`] : [])];
	return format === 'slack' ? slack(lines) : teams(lines);
}
