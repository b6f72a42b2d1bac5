/**
 * A text without what differs from run to run: ids, digests, ports, ages, counts, and the columns that they push around. Two runs whose
 * steady texts agree tell a reader the same.
 */
export const steady = (text: string) =>
	text
		.replaceAll(/\b(?=[a-z0-9]*\d)[a-z0-9]{12}\b/g, 'ID')
		.replaceAll(/\b(?=[a-f0-9]*\d)[a-f0-9]{8}\b/g, 'ID')
		.replaceAll(/-[a-z0-9]{5}\b/g, '-POD')
		.replaceAll(/(?:\d+(?:\.\d+)?(?:ms|[smhd])?)+/g, '0')
		.replaceAll(/─+/g, '─')
		.replaceAll(/[ \t]+/g, ' ')
		.replaceAll(/ +$/gm, '');
