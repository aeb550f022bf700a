console.log('arinomama')
