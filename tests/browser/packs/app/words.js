export const translate = word => word.toUpperCase();
