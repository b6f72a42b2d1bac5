type Row = readonly (string | number)[];

const cell = (value: string | number) => String(value).replaceAll('|', '\\|');

/** A table in Markdown. */
export const table = (headers: Row, rows: readonly Row[]) =>
	[headers, headers.map(() => '---'), ...rows].map(row => `| ${row.map(cell).join(' | ')} |`).join('\n');

export const code = (text: string) => `\`${text}\``;
