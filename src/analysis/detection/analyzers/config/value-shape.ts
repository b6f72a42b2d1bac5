type Words = {readonly en: string; readonly ko: string};

const shapes: readonly {readonly form: RegExp; readonly words: Words}[] = [
	{form: /^-?\d+(?:\.\d+)?$/, words: {en: 'it is no number any more', ko: '더 이상 숫자가 아닙니다'}},
	{form: /^(?:\d+(?:\.\d+)?(?:ns|us|ms|s|m|h|d))+$/i, words: {en: 'it is no span of time any more', ko: '더 이상 시간 값이 아닙니다'}},
	{form: /^(?:true|false|yes|no|on|off)$/i, words: {en: 'it is neither yes nor no any more', ko: '더 이상 참/거짓 값이 아닙니다'}},
	{form: /^[a-z][a-z0-9+.:-]*:\/\/\S+$/i, words: {en: 'it is no address any more', ko: '더 이상 주소가 아닙니다'}},
	{form: /^\/\S*$/, words: {en: 'it is no path any more', ko: '더 이상 경로가 아닙니다'}},
];

/** Number and span of time are often taken for each other. */
const related = /^\d+(?:\.\d+)?\s*[a-z%]{0,3}$/i;

/** What a value has lost that the one before it had: undefined where it is still of that kind. */
export function shapeLost(before: string, value: string): Words | undefined {
	if (before === value) return undefined;
	if (value.trim() === '') return before.trim() === '' ? undefined : {en: 'it is empty', ko: '비어 있습니다'};
	if (related.test(before) && related.test(value)) return undefined;
	// A switch may well become a number, and a number a switch, between versions of a program.
	return shapes.find(({form}) => form.test(before.trim()) && !form.test(value.trim()))?.words;
}

/** Signs that no editor shows: a carriage return, blanks that do not break, blanks of no width. */
const unseen = /[\r\u00a0\u200b-\u200d\u2060\ufeff]/;
const isVariable = /^[A-Z][A-Z0-9_]*$/;

/** A one-line value without the signs around or in it that nobody sees and that every program reads; undefined where there are none. */
export function withoutStray(name: string, value: string): string | undefined {
	const clean = value.replace(/\r\n/g, '\n').replace(new RegExp(unseen, 'g'), '').trim();
	if (clean === value || clean.includes('\n') || !shapes.some(({form}) => form.test(clean))) return undefined;
	// The last line of a file may well end: a variable that is an address may not.
	const isAddress = isVariable.test(name) && /^[a-z][a-z0-9+.-]*:\/\//i.test(clean);
	return unseen.test(value) || isAddress ? clean : undefined;
}

/** Templates are filled in later. */
const isTemplate = (value: string) => /\{\{|\$\{|<%/.test(value);

function isBrokenJson(value: string): boolean {
	try {
		JSON.parse(value);
		return false;
	} catch {
		// Many programs allow comments and a comma at the end.
		return !/^\s*(?:\/\/|\/\*)/m.test(value) && !/,\s*[}\]]/.test(value);
	}
}

const isPort = (value: string) => /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535;

/** Why a value cannot be what its name says; undefined where it can. */
export function malformation(name: string, value: string): Words | undefined {
	const text = value.trim();
	if (text === '' || isTemplate(text)) return undefined;
	if (withoutStray(name, value) !== undefined)
		return {en: 'blanks or line ends stand around it that programs read', ko: '앞뒤에 프로그램이 그대로 읽는 공백이나 줄바꿈이 있습니다'};
	if (name.endsWith('.json'))
		return isBrokenJson(text) ? {en: 'it is no JSON that could be read', ko: '읽을 수 있는 JSON이 아닙니다'} : undefined;
	if (/(?:^|_)PORT$/.test(name) && !/[:/]/.test(text) && !isPort(text))
		return {en: 'a port is a number from 1 to 65535', ko: '포트는 1부터 65535까지의 숫자입니다'};
	if (
		/_(?:URL|URI)$/.test(name) &&
		/^(?:https?(?::\/(?!\/)|\/\/|;\/\/|:(?!\/))|h?tt?ps?:\/\/(?<!^https?:\/\/)|htt+p?s?:\/\/(?<!^https?:\/\/))/i.test(text)
	)
		return {en: 'the address begins wrongly', ko: '주소의 앞부분이 잘못되었습니다'};
	return undefined;
}
