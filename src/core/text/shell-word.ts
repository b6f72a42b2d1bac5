/** A sign that some shell reads where a word begins, such as `=` of zsh and `~`, needs quotes too. */
const plain = /^[\w@%+:,./-][\w@%+=:,./-]*$/;

/** One word of a command line that a person pastes into a POSIX shell: nothing in it is expanded, whatever it holds. */
export const shellWord = (text: string) => (plain.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
