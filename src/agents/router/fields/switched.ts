import type {Span} from './values.ts';

const before =
	/(?<off>\b(?:no|not|without|disable|disabled|disabling|don'?t|never|forbid|deny|stop|drop|remove|off|isn'?t|non)[ -]+(?:(?:the|a|an|any|be|to|set|use|its|with)[ -]+)*$)|(?<on>\b(?:enable|allow|with|use|on|turn on|switch on|set)\s+(?:(?:the|a|its)\s+)*$)/;
const behind =
	/^\s*(?:["'`]\s*)?(?:은|는|이|가|을|를|도|값을|값은)?\s*(?:[=:]|->|to\b|is\b|should be\b|must be\b|be\b|as\b)?\s*(?:set to\b|turned\b|switched\b)?\s*["'`]?(?:(?<on>true|on|yes|enabled?|active|켜|켠|킨|활성|사용하|참|허용)|(?<off>false|off|no|disabled?|not allowed|forbidden|끄|꺼|끈|비활성|해제|거짓|금지|막|없이|없애|빼|쓰지|하지|안\s))/;

/** A field that is on or off, and where the word stands that says so. Undefined: its mere name says it. */
export type Switched = {readonly value: boolean; readonly said: 'before' | 'behind' | undefined};

/** Whether the field whose words stand at a place of the text is on or off there: `true` and `false`, `no privileged mode`, `호스트 네트워크는 꺼줘`. */
export function switchedAt({from, to}: Span, text: string): Switched {
	const after = behind.exec(text.slice(to, to + 40))?.groups;
	if (after?.on !== undefined) return {value: true, said: 'behind'};
	if (after?.off !== undefined) return {value: false, said: 'behind'};
	const ahead = before.exec(text.slice(Math.max(0, from - 40), from))?.groups;
	if (ahead?.off !== undefined) return {value: false, said: 'before'};
	return {value: true, said: ahead?.on === undefined ? undefined : 'before'};
}
