/** A part of a request between two joints. */
export type Segment = {
	readonly text: string;
	readonly from: number;
	readonly to: number;
	/** Which sentence of the request it stands in. */
	readonly sentence: number;
	/** What ties it to the one before. */
	readonly joint: string;
};

const english =
	/(?<sentence>[.!?…]+(?=\s|$)\s*|\n+)|;\s*|,\s+(?:(?:and|but|while|yet|though|only)\s+)*|\s+[-–—]+\s+|\s+(?:and|but|while|whereas|though|yet)\s+(?:only\s+)?|:\s+|\s*[()]\s*|\s+so\s+(?=(?:please\s+|just\s+)*(?:leave|skip|ignore|spare|keep|don't|do not|never)\s)|\s+(?=(?:without|leaving|keeping|sparing|skipping)\s)/gi;
const korean =
	/(?<sentence>[.!?…]+(?=\s|$)\s*|\n+)|[,;]\s*|\s+[-–—]+\s+|\s*[()]\s*|(?<=[가-힣](?:[고며되]|지만|는데|인데|고요|구요|줘|줘요|세요))\s+/g;

/** What stands in quotes is not cut. The mask is as long as the text. */
const masked = (text: string) => text.replaceAll(/"[^"]*"|`[^`]*`|“[^”]*”|(?<!\w)'[^']*'(?!\w)/g, inner => '\u0001'.repeat(inner.length));

/** The parts of a request, in order. */
export function segmentsOf(text: string, language: 'en' | 'ko'): readonly Segment[] {
	const segments: Segment[] = [];
	let from = 0;
	let sentence = 0;
	let tie = '';
	for (const joint of masked(text).matchAll(language === 'ko' ? korean : english)) {
		if (joint.index > from) segments.push({text: text.slice(from, joint.index), from, to: joint.index, sentence, joint: tie});
		tie = joint.index > from ? joint[0] : `${tie}${joint[0]}`;
		from = joint.index + joint[0].length;
		if (joint.groups?.sentence !== undefined) sentence += 1;
	}
	if (from < text.length) segments.push({text: text.slice(from), from, to: text.length, sentence, joint: tie});
	return segments;
}

/** The text without these parts, but for what is kept of them, and without the joints before them. */
export function withoutSegments(text: string, segments: readonly Segment[], gone: ReadonlyMap<Segment, string>): string {
	let rest = '';
	let end = 0;
	let isEnded = false;
	for (const segment of segments) {
		const joint = text.slice(end, segment.from);
		end = segment.to;
		isEnded ||= /[.!?\n;]/.test(joint);
		const left = gone.get(segment) ?? segment.text;
		if (left === '') continue;
		rest += rest === '' ? left : `${isEnded && !/[.!?\n;]/.test(joint) ? '. ' : joint}${left}`;
		isEnded = false;
	}
	const last = /[.!?…]+\s*$/.exec(text)?.[0] ?? '';
	return `${rest
		.trim()
		.replace(/(?<=[가-힣])되$/, '고')
		.replace(/[\s,;:–—-]+$/, '')}${last.trim()}`;
}
