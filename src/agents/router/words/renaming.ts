import type {Clause} from '../clause.ts';

const renaming = /\brenam(?:e|es|ed|ing)\b|이름(?:을|만|도)? ?(?:\S+ ?(?:으로|로) ?)?(?:바꾸|바꿔|변경|고치|고쳐)/i;

/** Whether something gets another name and keeps what it holds. */
const renames = ({text}: Pick<Clause, 'text'>): boolean => renaming.test(text);

/** `rename OLD to NEW`, `OLD 이름을 NEW로 바꿔줘`: one of the known names, and the one that it gets. Undefined: not both are told. */
export function renamedIn(
	clause: Pick<Clause, 'text' | 'words'>,
	known: readonly string[],
): {readonly old: string; readonly next: string} | undefined {
	if (!renames(clause)) return undefined;
	const at = clause.words.findIndex(({raw}) => known.includes(raw));
	const old = clause.words[at]?.raw;
	const next = clause.words.find(
		({raw, quoted}, index) =>
			index > at &&
			raw !== old &&
			/^[A-Za-z_][\w./-]*$/.test(raw) &&
			(/^(?:to|into|as|->)$/.test(clause.words[index - 1]?.text ?? '') ||
				new RegExp(`${raw.replaceAll('.', '\\.')}["'\`]?(?:으로|로)(?![가-힣])`).test(clause.text)) &&
			(quoted || !/^(?:be|the|a)$/.test(raw)),
	)?.raw;
	return old === undefined || next === undefined ? undefined : {old, next};
}
