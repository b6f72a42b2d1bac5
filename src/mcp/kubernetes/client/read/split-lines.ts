export type Line = {
	readonly text: string;
	/** Whether bytes beyond the cap were left out. */
	readonly cut: boolean;
};

/**
 * Lines of a stream of bytes, without their line ends. Splitting bytes rather than text keeps letters whole that two chunks share.
 * @param capBytes longest line that is held; the rest of it is read and dropped
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>, capBytes: number): AsyncIterable<Line> {
	let parts: Uint8Array[] = [];
	let size = 0;
	let cut = false;
	const add = (part: Uint8Array) => {
		const kept = part.subarray(0, capBytes - size);
		cut ||= kept.length < part.length;
		if (kept.length === 0) return;
		parts.push(kept);
		size += kept.length;
	};
	const take = (): Line => {
		const line = {text: lineText(Buffer.concat(parts, size), cut), cut};
		parts = [];
		size = 0;
		cut = false;
		return line;
	};
	for await (const chunk of chunks) {
		let start = 0;
		for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
			add(chunk.subarray(start, end));
			yield take();
			start = end + 1;
		}
		add(chunk.subarray(start));
	}
	if (size > 0) yield take();
}

/** A cut may fall into a letter of several bytes, which is then left out whole. */
function lineText(bytes: Buffer, cut: boolean): string {
	const text = bytes.toString('utf8').replace(/\r$/, '');
	return cut ? text.replace(/\ufffd+$/, '') : text;
}
