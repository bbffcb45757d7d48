/** A picture that WeChat takes: a JPEG of 16 × 16 pixels, filled up to this length. */
export function jpeg(length = 200) {
    const head = "ffd8ffe000104a46494600010100000100010000ffc00011080010001003012200021101031101";
    const bytes = new Uint8Array(length);
    bytes.set(Buffer.from(head, "hex"));
    bytes.set([0xff, 0xd9], length - 2);
    return bytes;
}
