import type {EndReason, Usage} from '../../core/chat-event.ts';
import {count, someOf} from '../../core/text/count.ts';
import {markdownLines} from '../../core/text/markdown/markdown-lines.ts';
import {emptyLine, hanging, type Line, span} from '../../core/text/styled.ts';
import {answeredLines} from '../review-layout.ts';
import {spanText} from '../span-text.ts';
import {answerLines, callLines} from './call-lines.ts';
import type {ChatItem} from './chat-item.ts';

const reasons: {readonly [reason in EndReason]: string} = {
	answered: '',
	asked: '',
	refused: 'Nothing was changed',
	cancelled: 'Cancelled: no further step began',
	budget: 'Stopped: the budget of this conversation is used up. Ask again to go on, or raise it in the configuration',
	failed: 'The request could not be answered. Ask again, or /model off to go on without a model',
};

/** `claude 1,234 + 56 tokens, $0.012` of all calls of models in a turn. */
function usageText(usages: readonly Usage[]): string {
	if (usages.length === 0) return '';
	const sum = (of: (usage: Usage) => number) => usages.reduce((total, usage) => total + of(usage), 0);
	const models = someOf([...new Set(usages.map(({model}) => model))]);
	const isPriced = usages.every(({money}) => money !== undefined);
	const money = isPriced ? `, $${sum(({money: price}) => price?.amount ?? 0).toFixed(3)}` : '';
	const tokens = (of: (usage: Usage) => number) => sum(of).toLocaleString('en-US');
	return `${models}, ${tokens(({inputTokens}) => inputTokens)} + ${tokens(({outputTokens}) => outputTokens)} tokens${money}`;
}

function endedLines({reason, elapsedMs, usages, cutOff}: Extract<ChatItem, {kind: 'ended'}>, width: number): readonly Line[] {
	const open = cutOff.length === 0 ? '' : `${someOf(cutOff)} did not end`;
	const remedy = reason === 'cancelled' || open !== '' ? 'mkcoa history shows what was done' : '';
	const text = [reasons[reason], open, remedy].filter(part => part !== '').join('. ');
	const isBad = reason !== 'answered' && reason !== 'asked';
	const facts = [spanText(elapsedMs), usageText(usages)].filter(part => part !== '').join('  ');
	return [
		...(text === '' ? [] : hanging([span(isBad ? '✗ ' : '! ', isBad ? 'bad' : 'warn')], text, {width, tone: isBad ? 'bad' : 'plain'})),
		...hanging([], facts, {width, tone: 'dim'}),
	];
}

/** Lines of a request that stay: a log that was pasted is no part of the story. */
const mostRequest = 12;

function requestLines(text: string, width: number): readonly Line[] {
	const lines = hanging([span('> ', 'accent')], text, {width, tone: 'strong'});
	const rest = lines.length - mostRequest;
	return rest <= 1 ? lines : [...lines.slice(0, mostRequest), [span(`  … and ${count(rest, 'more line')}`, 'dim')]];
}

/** One thing of a conversation for a terminal. `now` only where it still goes on. */
export function itemLines(item: ChatItem, width: number, now?: number): readonly Line[] {
	switch (item.kind) {
		case 'request':
			return [emptyLine, ...requestLines(item.text, width)];
		case 'understood':
			return hanging([span('Understood: ', 'dim')], item.text, {width});
		case 'text':
		case 'said':
			return [emptyLine, ...markdownLines(item.text, width)];
		case 'output':
			return [emptyLine, ...answerLines(item.text.split('\n'), width)];
		case 'call':
			return callLines(item, width, now);
		case 'question':
			return [
				emptyLine,
				...hanging([span('? ', 'accent')], item.question, {width, tone: 'strong'}),
				...item.choices.flatMap(({text}, index) => hanging([span(`  ${index + 1}. `, 'accent')], text, {width})),
			];
		case 'refused':
			return hanging([span('✗ ', 'bad')], `Refused: ${item.why}`, {width, tone: 'bad'});
		case 'note':
			return hanging([span('! ', 'warn')], item.text, {width});
		case 'decided':
			return answeredLines(item.question, item.decision, width);
		case 'ended':
			return endedLines(item, width);
	}
}
